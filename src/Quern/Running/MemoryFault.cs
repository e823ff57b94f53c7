using System.Globalization;
using Quern.Budget;
using Quern.Duck;

namespace Quern.Running;

/// <summary>Tells a user whose limit turned out too small for the input how much would do.</summary>
static class MemoryFault
{
    /// <summary>What is proposed at least.</summary>
    const long LeastProposedBytes = 256_000_000;

    /// <summary>What the engine says when its memory is used up, also inside errors of another class.</summary>
    static readonly string[] Signs = ["Out of Memory", "failed to pin block", "could not allocate block", "failed to allocate data"];

    /// <summary>The fault that an error of the engine stands for.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="limitBytes">The limit of the process.</param>
    /// <param name="wanted">What the memory was for.</param>
    /// <returns>QN9002, exit code 4; null when the error is not about memory.</returns>
    public static QuernException? Of(QuernException error, long limitBytes, string wanted)
    {
        if (error.Fault is not DuckFault { Kind: var kind, What: var what }) return null;
        if (kind != DuckErrorKind.OutOfMemory && !Signs.Any(s => what.Contains(s, StringComparison.Ordinal))) return null;
        var more = Math.Max(limitBytes * 3 / 2, LeastProposedBytes) / 1_000_000;
        return new QuernException(
            new Fault("QN9002", "the memory limit is too small for this input")
            {
                Where = string.Join(", ", new[] { "--memory", error.Fault.Where?.Split('\n')[0] }.OfType<string>()),
                Value = new MemorySize(limitBytes).ToString(),
                Wanted = wanted,
                Try = [string.Create(CultureInfo.InvariantCulture, $"--memory {more}MB"), "--threads 1  leaves more to the engine"],
                ExitCode = ExitCode.MemoryLimit,
            },
            error);
    }
}
