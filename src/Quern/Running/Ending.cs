namespace Quern.Running;

/// <summary>What an exception means to the user.</summary>
public static class Ending
{
    /// <summary>The fault that an exception ends a run with.</summary>
    /// <param name="cause">What was thrown.</param>
    /// <param name="cancellation">The token whose cancellation means that the user asked to stop.</param>
    /// <returns>
    /// The fault of a <see cref="QuernException"/> as it is; QN9004 (exit code 130) for a stop on request; QN9005 (exit
    /// code 4) when the runtime had no memory left; QN9999 for what nobody expected.
    /// </returns>
    public static Fault Of(Exception cause, CancellationToken cancellation) => cause switch
    {
        // Native code that is interrupted reports a failure of its own, so the token is asked and not the type.
        _ when cancellation.IsCancellationRequested => Interrupted,
        // Several workers may fail at once; the first one says why.
        AggregateException { InnerExceptions: [var first, ..] } => Of(first, cancellation),
        OperationCanceledException => Interrupted,
        QuernException known => known.Fault,
        OutOfMemoryException => new Fault("QN9005", "the run needed more memory than its limit")
        {
            Try = ["--memory SIZE     more of it", "--threads N       fewer of them need less"],
            ExitCode = ExitCode.MemoryLimit,
        },
        _ => new Fault("QN9999", "Quern failed in a way it does not know")
        {
            Value = $"{cause.GetType().Name}: {cause.Message}",
            Try = ["QUERN_DEBUG=1 quern ...     shows where; report it with that"],
        },
    };

    static Fault Interrupted => new("QN9004", "stopped on request")
    {
        Try = ["run it again: outputs appear only when they are complete"],
        ExitCode = ExitCode.Interrupted,
    };
}
