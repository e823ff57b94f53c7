using Quern.Running;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>What a run made: its rows in their order, and its report.</summary>
sealed record SummaryResult(IReadOnlyList<SummaryRow> Rows, RunReport Report)
{
    /// <summary>The rows as a test writes them down, a line each.</summary>
    public IReadOnlyList<string> Lines => [.. Rows.Select(r => r.ToString())];

    /// <summary>The warnings: code, how often, sentence.</summary>
    public IReadOnlyList<string> Warnings =>
        [.. Report.Warnings.Select(w => FormattableString.Invariant($"{w.Code} x {w.Count}: {w.Message}"))];
}
