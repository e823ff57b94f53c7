using System.Globalization;
using Quern.Models.Results;

namespace Quern.Models.Tests;

/// <summary>How a test ended.</summary>
/// <param name="Status">Pass, warn or fail.</param>
/// <param name="Failures">Failures it counted.</param>
/// <param name="Message">What artifacts say of it; null for a test that passed.</param>
sealed record TestVerdict(NodeStatus Status, long Failures, string? Message)
{
    /// <summary>Nothing found.</summary>
    public static TestVerdict Passed(long failures) => new(NodeStatus.Pass, failures, null);

    /// <summary>Something found.</summary>
    /// <param name="fails">Whether it is a failure, or a warning.</param>
    /// <param name="failures">What was counted.</param>
    /// <param name="threshold">The condition that it fulfils.</param>
    public static TestVerdict Found(bool fails, long failures, TestThreshold threshold)
    {
        var results = failures == 1 ? "result" : "results";
        return new TestVerdict(
            fails ? NodeStatus.Fail : NodeStatus.Warn,
            failures,
            string.Create(CultureInfo.InvariantCulture, $"Got {failures} {results}, configured to {(fails ? "fail" : "warn")} if {threshold.Text}"));
    }
}
