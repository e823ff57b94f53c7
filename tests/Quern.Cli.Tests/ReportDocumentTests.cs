using System.Text;
using Quern.Running;

namespace Quern.Cli.Tests;

public class ReportDocumentTests
{
    static readonly RunReport Sample = new("openshift summarize")
    {
        Read = 1_017_615,
        Kept = 1_017_600,
        Filtered = 15,
        Written = 41_600,
        Elapsed = TimeSpan.FromSeconds(0.92),
        PeakMemoryBytes = 402_000_000,
        MemoryLimitBytes = 512_000_000,
        Steps = [new("fold pods", TimeSpan.FromSeconds(0.56), TimeSpan.FromSeconds(1.08), 1_017_615, 318_000_000, 0, 402_000_000)],
        Outputs = [new("summary.duckdb", "duckdb", 41_600, 6_303_744)],
        Warnings = [new("QN3201", "quantities that are empty or no number count as 0", 1_518)],
        Settings = [new("memory_limit", "512 MB (--memory)"), new("threads", 2L)],
        Versions = [new("quern", "0.1.0"), new("dotnet", "10.0.12"), new("duckdb", "v1.5.6")],
    };

    [Fact]
    public void The_manual_shows_the_report_as_it_is() => Assert.Contains(
        $"```json\n{Encoding.UTF8.GetString(Sample.ToJson())}```\n",
        File.ReadAllText(Path.Combine(Workdir.Root, "docs", "report.md")),
        StringComparison.Ordinal);
}
