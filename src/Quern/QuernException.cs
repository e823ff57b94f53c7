namespace Quern;

/// <summary>Ends a run with a <see cref="Quern.Fault"/> that can be shown to a user as it is.</summary>
/// <param name="fault">What went wrong.</param>
/// <param name="inner">The cause, kept for debugging; its text is not shown.</param>
public sealed class QuernException(Fault fault, Exception? inner = null) : Exception(fault.What, inner)
{
    /// <summary>What went wrong.</summary>
    public Fault Fault { get; } = fault;

    /// <inheritdoc/>
    public override string ToString() => Fault + Environment.NewLine + base.ToString();
}
