using System.Text;
using Quern.Running;

namespace Quern.Tests.Running;

public class RunReportTests
{
    static readonly RunReport Sample = new("openshift summarize")
    {
        Read = 100,
        Kept = 90,
        Filtered = 9,
        Rejected = 1,
        Written = 4,
        Elapsed = TimeSpan.FromSeconds(0.92),
        PeakMemoryBytes = 402_000_000,
        MemoryLimitBytes = 512_000_000,
        Steps = [new("fold pods", TimeSpan.FromSeconds(0.5), TimeSpan.FromTicks(8_123_456), 100, 4_096, 0, 300_000_000)],
        Outputs = [new("/data/zusammenfassung ü.duckdb", "duckdb", 4, 12_288), new("postgres:sales.orders", "postgres", 4)],
        Warnings = [new("QN4012", "row has no node", 3)],
        Settings = [new("memory", "512 MB"), new("threads", 2L), new("strict", true)],
        Versions = [new("quern", "0.1.0"), new("duckdb", "v1.5.6")],
    };

    [Fact]
    public void Writes_the_documented_fields_and_no_others() => Assert.Equal(
        """
        {
          "exit_code": 3,
          "rows": {
            "read": 100,
            "kept": 90,
            "filtered": 9,
            "rejected": 1,
            "written": 4
          },
          "seconds": 0.92,
          "peak_memory_bytes": 402000000,
          "memory_limit_bytes": 512000000,
          "steps": [
            {
              "name": "fold pods",
              "wall": 0.5,
              "cpu": 0.812346,
              "rows": 100,
              "bytes": 4096,
              "spill": 0,
              "peak": 300000000
            }
          ],
          "outputs": [
            {
              "path": "/data/zusammenfassung ü.duckdb",
              "kind": "duckdb",
              "rows": 4,
              "bytes": 12288
            },
            {
              "path": "postgres:sales.orders",
              "kind": "postgres",
              "rows": 4,
              "bytes": null
            }
          ],
          "warnings": [
            {
              "code": "QN4012",
              "message": "row has no node",
              "count": 3
            }
          ],
          "settings": {
            "memory": "512 MB",
            "threads": 2,
            "strict": true
          },
          "versions": {
            "quern": "0.1.0",
            "duckdb": "v1.5.6"
          },
          "error": null
        }

        """,
        Encoding.UTF8.GetString(Sample.ToJson()));

    [Fact]
    public void Writes_why_the_run_failed()
    {
        var report = new RunReport("test")
        {
            Error = new Fault("QN3107", "value does not fit its column")
            {
                Where = "orders.csv line 2",
                Value = "\"x\"",
                Wanted = "decimal(12,2)",
                Try = ["first", "second"],
            },
        };
        Assert.Contains(
            """
              "error": {
                "code": "QN3107",
                "message": "value does not fit its column; wanted decimal(12,2)",
                "where": "orders.csv line 2",
                "value": "\"x\"",
                "try": [
                  "first",
                  "second"
                ]
              }
            """,
            Encoding.UTF8.GetString(report.ToJson()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Replaces_an_older_report_and_makes_the_folder()
    {
        var folder = Directory.CreateTempSubdirectory("quern-report-");
        var path = Path.Combine(folder.FullName, "out", "run.json");
        new RunReport("old").Save(path);
        Sample.Save(path);
        Assert.Equal(Sample.ToJson(), File.ReadAllBytes(path));
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Leaves_nothing_behind_when_it_cannot_be_written()
    {
        var folder = Directory.CreateTempSubdirectory("quern-report-");
        var path = Path.Combine(folder.FullName, "taken");
        Directory.CreateDirectory(path);
        var fault = Assert.Throws<QuernException>(() => Sample.Save(path)).Fault;
        Assert.Equal(("QN9006", path, ExitCode.Failed), (fault.Code, fault.Where, fault.ExitCode));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.FullName));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_report_replaces_a_report_and_no_other_file()
    {
        using var folder = new Files.ScratchFolder();
        var report = RunReport.OfFailure("convert", new QuernException(new Fault("QN9999", "no")));
        report.Save(folder["r.json"]);
        report.Save(folder["r.json"]);
        folder.Write("empty.json", "");
        report.Save(folder["empty.json"]);
        Assert.Equal(File.ReadAllBytes(folder["r.json"]), File.ReadAllBytes(folder["empty.json"]));
        folder.Write("in.csv", "id\n1\n");
        folder.Write("schema.json", "{\n  \"version\": 1\n}\n");
        foreach (var name in new[] { "in.csv", "schema.json" })
        {
            var before = File.ReadAllText(folder[name]);
            Assert.Equal("QN9009", Assert.Throws<QuernException>(() => report.Save(folder[name])).Fault.Code);
            Assert.Equal(before, File.ReadAllText(folder[name]));
        }
    }
}
