using Quern.Budget;
using Quern.Delivery;
using Quern.Packs.OpenShift;
using Quern.Running;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>A daily summary that a test makes in its own process.</summary>
sealed record SummaryRun
{
    /// <summary>The pack as it is shipped.</summary>
    public static string ShippedPack => Path.Combine(AppContext.BaseDirectory, "packs", "openshift");

    public required SummaryParameters Parameters { get; init; }

    /// <summary>What is read; relative paths start from <see cref="BaseDirectory"/>.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    public required string BaseDirectory { get; init; }

    /// <summary>Where the rows go besides <see cref="SummaryResult.Rows"/>, as a user writes it.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    public string Pack { get; init; } = ShippedPack;

    public int Threads { get; init; } = 1;

    public long MemoryBytes { get; init; } = 400_000_000;

    public bool AllowEmpty { get; init; }

    /// <summary>Makes it; the test fails when the run does.</summary>
    public SummaryResult Make()
    {
        var result = Try();
        if (result.Report.Cause is { } cause) Assert.Fail(cause.ToString());
        return result;
    }

    /// <summary>The text of the fault that the run ends with, the base directory as BASE.</summary>
    public string Fault()
    {
        var fault = Try().Report.Error;
        Assert.NotNull(fault);
        return fault.ToString().Replace(BaseDirectory, "BASE", StringComparison.Ordinal);
    }

    /// <summary>Makes it or fails, as the report says.</summary>
    public SummaryResult Try()
    {
        var caught = new CaughtRows();
        var run = new Run("openshift summarize", new MemoryLedger(new MemorySize(MemoryBytes)), TimeProvider.System);
        var report = run.Execute(() =>
        {
            var request = new SummaryRequest
            {
                Parameters = Parameters,
                Inputs = Inputs,
                BaseDirectory = BaseDirectory,
                Destinations = [caught, .. To.Select(to => Destinations.Parse(to, BaseDirectory, csvNull: @"\N"))],
                PackFolder = Pack,
                Threads = Threads,
                AllowEmpty = AllowEmpty,
            };
            DailySummary.Check(request);
            new DailySummary(run, request).Make();
        });
        return new SummaryResult(caught.Rows, report);
    }
}
