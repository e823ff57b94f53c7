using System.Globalization;
using Quern.Budget;
using Quern.Duck;

namespace Quern.Packs.OpenShift;

/// <summary>Tells a user whose limit turned out too small for the input how much would do.</summary>
static class MemoryFault
{
    /// <summary>What the engine says when its memory is used up, also inside errors of another class.</summary>
    static readonly string[] Signs = ["Out of Memory", "failed to pin block", "could not allocate block", "failed to allocate data"];

    /// <summary>The fault; null when the error is not about memory.</summary>
    public static QuernException? Of(QuernException error, SummaryMemory memory)
    {
        if (error.Fault is not DuckFault { Kind: var kind, What: var what }) return null;
        if (kind != DuckErrorKind.OutOfMemory && !Signs.Any(s => what.Contains(s, StringComparison.Ordinal))) return null;
        var more = Math.Max(memory.LimitBytes * 3 / 2, 256_000_000) / 1_000_000;
        return new QuernException(
            new Fault("QN9002", "the memory limit is too small for this input")
            {
                Where = string.Join(", ", new[] { "--memory", error.Fault.Where?.Split('\n')[0] }.OfType<string>()),
                Value = new MemorySize(memory.LimitBytes).ToString(),
                Wanted = "room for one day's groups and for the rows of the result while they are sorted",
                Try = [string.Create(CultureInfo.InvariantCulture, $"--memory {more}MB"), "--threads 1  leaves more to the engine"],
                ExitCode = ExitCode.MemoryLimit,
            },
            error);
    }
}
