using System.Text.Json;

namespace Quern.Cli.Tests.OpenShift;

public sealed class SummarizeTests : IDisposable
{
    const string Table = "reporting_ocpusagelineitem_daily_summary";

    readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Writes_the_same_rows_to_every_kind_of_output()
    {
        _desk.Makes("--to", "out.csv", "--to", "out.parquet", "--to", "out.duckdb", "--to", "out/");
        const string Columns = "data_source, usage_start::varchar, namespace, node, round(pod_usage_cpu_core_hours, 6), pod_labels";
        string[] expected =
        [
            "Pod|2025-10-01|Worker unallocated|worker-node-1|-76.8|",
            "Pod|2025-10-01|app-namespace|worker-node-1|172.8|{\"app\":\"frontend\",\"tier\":\"web\"}",
        ];
        Assert.Equal(expected, Read($"read_csv('{Path("out.csv")}')"));
        Assert.Equal(expected, Read($"read_parquet('{Path("out.parquet")}')"));
        Assert.Equal(expected,
            Read($"read_parquet('{Path("out/source=6e212746-484a-40cd-bba0-09a19d132d64/year=2025/month=10/day=1/data.parquet")}')"));
        using var database = new Duck(Path("out.duckdb"));
        Assert.Equal(expected, database.Rows($"select {Columns} from {Table} order by namespace"));

        IReadOnlyList<string> Read(string from)
        {
            using var duck = new Duck();
            return duck.Rows($"select {Columns} from {from} order by namespace");
        }
    }

    [Fact]
    public void Tells_what_it_did_on_standard_error_and_in_the_report_beside_the_first_output()
    {
        var ended = _desk.Summarize("--to", "out.parquet", "--to", "out.csv");
        Assert.Equal((0, ""), (ended.Code, ended.Output));
        Assert.StartsWith("out.parquet and 1 more   4 rows from 72 in ", ended.Error, StringComparison.Ordinal);
        Assert.Contains("rows      read 72 = kept 72 + filtered 0 + rejected 0; written 4\n", ended.Error, StringComparison.Ordinal);
        Assert.EndsWith("report    out.parquet.report.json\n", ended.Error, StringComparison.Ordinal);
        var report = Report("out.parquet.report.json");
        Assert.Equal(0, report.GetProperty("exit_code").GetInt32());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("error").ValueKind);
        Assert.Equal(
            ["out.parquet parquet 2", "out.csv csv 2"],
            report.GetProperty("outputs").EnumerateArray().Select(
                o => $"{o.GetProperty("path")} {o.GetProperty("kind")} {o.GetProperty("rows")}"));
        Assert.False(File.Exists(Path("out.csv.report.json")));
    }

    [Fact]
    public void Says_nothing_when_asked_to_be_quiet() => _desk.Summarize("--quiet", "--to", "out.csv").Is(ExitCode.Done);

    [Fact]
    public void Prints_the_report_when_asked_for_JSON_before_the_verb_as_well()
    {
        var ended =
            _desk.Here.Quern(["--json", "--threads", "1", "--memory", "300MB", "--report", "run.json", .. Desk.Words("--to", "out.csv")]);
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Equal(File.ReadAllText(Path("run.json")), ended.Output);
        Assert.Equal(300_000_000, ended.Json.GetProperty("memory_limit_bytes").GetInt64());
        Assert.False(File.Exists(Path("out.csv.report.json")));
    }

    [Fact]
    public void Explains_itself_and_does_nothing()
    {
        var before = _desk.Snapshot();
        var ended = _desk.Summarize("--explain", "--to", "out.csv", "--to", "out.duckdb");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        foreach (var part in new[]
        {
            "inputs\n  reports/namespaces.csv  (namespace_labels, csv, 2025-10, ",
            "memory\n",
            "limit of the process\n",
            "steps\n   1. ",
            "outputs\n  out.csv: makes the file\n  out.duckdb: makes the database\n",
            "sql\ncreate or replace view openshift.",
            "-- models/summary/daily_summary.sql\n",
        })
        {
            Assert.Contains(part, ended.Output, StringComparison.Ordinal);
        }
        Assert.Equal(before, _desk.Snapshot());
    }

    [Fact]
    public void Explains_itself_as_JSON()
    {
        _desk.Makes("--to", "out.csv");
        var ended = _desk.Summarize("--explain", "--json", "--memory", "1GB", "--to", "out.csv", "--to", "lake/");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        var plan = ended.Json;
        Assert.Equal(
            ["reports/namespaces.csv", "reports/nodes.csv", "reports/pods.csv"],
            plan.GetProperty("inputs").EnumerateArray().Select(i => i.GetProperty("path").GetString()));
        var memory = plan.GetProperty("memory");
        Assert.Equal(1_000_000_000, memory.GetProperty("limit_bytes").GetInt64());
        Assert.InRange(
            new[] { "base_bytes", "overhead_bytes", "engine_bytes" }.Sum(name => memory.GetProperty(name).GetInt64()),
            1,
            1_000_000_000);
        Assert.Contains("pod_fold", plan.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.Equal(
            ["out.csv csv: replaces the file", "lake/ folder: makes the folder"],
            plan.GetProperty("outputs").EnumerateArray().Select(
                o => $"{o.GetProperty("path")} {o.GetProperty("kind")}: {o.GetProperty("effect")}"));
        Assert.All(plan.GetProperty("sql").EnumerateArray(),
            sql => Assert.StartsWith("create or replace ", sql.GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Says_what_it_noticed_when_it_explains_itself()
    {
        File.Copy(Path("reports/pods.csv"), Path("reports/pods2.csv"));
        string[] words = ["--explain", "--to", "out.csv"];
        const string Warning = "reports/pods2.csv has the same content as reports/pods.csv and is not read";
        Assert.Equal($"warnings  QN2101 x 1 {Warning}\n", _desk.Summarize(words).Error);
        Assert.Equal("", _desk.Summarize([.. words, "--quiet"]).Error);
        var ended = _desk.Summarize([.. words, "--json"]);
        Assert.Equal("", ended.Error);
        Assert.Equal(
            [("QN2101", Warning, 1)],
            ended.Json.GetProperty("warnings").EnumerateArray().Select(
                w => (w.GetProperty("code").GetString()!, w.GetProperty("message").GetString()!, w.GetProperty("count").GetInt32())));
    }

    [Fact]
    public void No_name_of_a_file_is_obeyed_by_the_terminal()
    {
        const string Odd = "a\nb\u001b[2J\u009b1m.csv";
        const string Shown = @"a\x0Ab\x1B[2J\x9B1m.csv";
        File.Copy(Path("reports/pods.csv"), Path($"reports/{Odd}"));
        File.Move(Path("reports/pods.csv"), Path($"reports/z{Odd}"));
        string[] words = ["--to", $"out{Odd}", "--report", $"run{Odd}.json"];
        foreach (var more in new[] { "--explain", "--json", "--quiet" })
        {
            var ended = _desk.Summarize([.. words, more]);
            Assert.Equal(0, ended.Code);
            Assert.DoesNotContain("\u001b", ended.Output + ended.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("\u009b", ended.Output + ended.Error, StringComparison.Ordinal);
            if (more == "--json")
                Assert.Equal($"out{Odd}", ended.Json.GetProperty("outputs")[0].GetProperty("path").GetString());
            if (more == "--explain")
                Assert.Contains($"  reports/{Shown}  (pod_usage, ", ended.Output, StringComparison.Ordinal);
        }
        var said = _desk.Summarize(words).Error.Split('\n');
        Assert.StartsWith($"out{Shown}   ", said[0], StringComparison.Ordinal);
        Assert.Contains(@"\x0A", said.Single(line => line.StartsWith("warnings", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains($"report    run{Shown}.json", said);
        Assert.Contains(
            $"reports/z{Shown} has the same content as reports/{Shown} and is not read", string.Join('\n', said), StringComparison.Ordinal);
    }

    [Fact]
    public void Lets_a_single_option_win_over_the_file_of_parameters()
    {
        File.WriteAllText(Path("nodes.csv"), "node,resource_id,node_role\nworker-node-1,i-i-worker001,master\n");
        File.WriteAllText(Path("categories.json"), """[{"namespace": "app-%", "cost_category_id": 7}]""");
        _desk.Makes(
            "--cluster-id", "other", "--cluster-alias", "it's {{ 7 * 7 }} \"☃\"", "--source-uuid", "00000000-0000-4000-8000-000000000001",
            "--report-period-id", "42", "--tag-keys", "tier", "--nodes", "nodes.csv", "--cost-categories", "categories.json",
            "--to", "out.parquet");
        using var duck = new Duck();
        Assert.Equal(
            [
                "42|other|it's {{ 7 * 7 }} \"☃\"|00000000-0000-4000-8000-000000000001|Platform unallocated||",
                "42|other|it's {{ 7 * 7 }} \"☃\"|00000000-0000-4000-8000-000000000001|app-namespace|{\"tier\":\"web\"}|7",
            ],
            duck.Rows(
                $"""
                select report_period_id, cluster_id, cluster_alias, source_uuid, namespace, pod_labels, cost_category_id
                from read_parquet('{Path("out.parquet")}') order by namespace
                """));
    }

    [Fact]
    public void Reads_all_it_needs_from_single_options()
    {
        _desk.Here.Quern(
            "openshift", "summarize", "--start", "2025-10-01", "--end", "2025-10-01", "--source-uuid", "6e212746-484a-40cd-bba0-09a19d132d64",
            "--derive-roles", "--input", "reports/pods.csv", "--input", "reports/n*.csv", "--to", "out.csv", "--quiet").Is(ExitCode.Done);
        using var duck = new Duck();
        Assert.Equal(["Worker unallocated", "app-namespace"], duck.Rows($"select namespace from read_csv('{Path("out.csv")}') order by 1"));
    }

    [Fact]
    public void Takes_files_relative_to_the_file_of_parameters_that_lists_them()
    {
        Directory.CreateDirectory(Path("elsewhere"));
        _desk.Here.Bash($"cp -r '{Desk.Case("02-storage-volume")}' scenario").Is(ExitCode.Done);
        _desk.Here.Bash(
            "cd elsewhere; \"$quern\" openshift summarize --params ../scenario/scenario.json --to ../out.csv --quiet").Is(ExitCode.Done);
        Assert.True(File.Exists(Path("out.csv")));
    }

    [Fact]
    public void Takes_a_lake_at_any_folder_above_its_files()
    {
        _desk.Here.Bash($"cp -r '{Desk.Case("12-label-precedence")}' scenario").Is(ExitCode.Done);
        string[] inputs =
        [
            "scenario/parquet", "scenario/parquet/data/parquet", "scenario/parquet/**/*.parquet",
            "scenario/parquet/data/parquet/org1234567",
        ];
        foreach (var input in inputs)
        {
            _desk.Here.Quern("openshift", "summarize", "--params", "scenario/scenario.json", "--input", input, "--to", "out.csv", "--quiet")
                .Is(ExitCode.Done);
            Assert.Equal(Count("scenario/expected.csv"), Count("out.csv"));
        }

        int Count(string file) => File.ReadAllLines(Path(file)).Length;
    }

    [Fact]
    public void Names_the_files_that_it_does_not_read()
    {
        File.WriteAllText(
            Path("reports/gpu.csv"), "report_period_start,interval_start,node,namespace,pod,gpu_uuid\n2025-10-01,2025-10-01,n,s,p,u\n");
        File.WriteAllText(Path("reports/vm.csv"),
            "report_period_start,interval_start,node,namespace,vm_name,vm_uptime_total_seconds\n2025-10-01,2025-10-01,n,s,v,1\n");
        File.WriteAllText(Path("reports/notes.csv"), "a,b\n");
        File.WriteAllText(Path("reports/empty.csv"), "");
        var ended = _desk.Summarize("--to", "out.csv", "--json");
        Assert.Equal(
            [
                "QN2102 1 not read, without a header: reports/empty.csv",
                "QN2102 1 not read, gpu_usage is not part of the summary: reports/gpu.csv",
                "QN2102 1 not read, no report that the summary knows: reports/notes.csv",
                "QN2102 1 not read, vm_usage is not part of the summary: reports/vm.csv",
            ],
            ended.Json.GetProperty("warnings").EnumerateArray().Select(
                w => $"{w.GetProperty("code")} {w.GetProperty("count")} {w.GetProperty("message")}"));
    }

    [Theory]
    [InlineData("sed -i 's/$/\\r/' reports/pods.csv")]
    [InlineData("sed -i '1s/^/\\xef\\xbb\\xbf/' reports/pods.csv")]
    [InlineData("sed -i '1s/[a-z_]*/\"&\"/g' reports/pods.csv")]
    [InlineData("truncate -s -1 reports/pods.csv")]
    [InlineData("{ printf '\\n\\n'; cat reports/pods.csv; } >x && mv x reports/pods.csv")]
    [InlineData("sed -i '1s/$/,,POD,x,x/; 2,$s/$/,,b,c,d/' reports/pods.csv")]
    [InlineData("sed -i '5s/frontend-pod/\"frontend-pod\"/' reports/pods.csv")]
    [InlineData("gzip reports/pods.csv")]
    [InlineData("{ head -9 reports/pods.csv | gzip; tail -n +10 reports/pods.csv | gzip; } >reports/pods.csv.gz; rm reports/pods.csv")]
    [InlineData("mv reports/pods.csv 'reports/p[1]*?.csv'; sed 5d reports/p*.csv >p1xx.csv")]
    [InlineData("mv reports/pods.csv \"reports/it's {a,b} \\\"☃\\\" -- \\\\ $(printf '\\n').csv\"")]
    [InlineData("mv reports/pods.csv pods && ln -s ../pods reports/pods.csv")]
    [InlineData("mv reports/pods.csv reports/-pods.csv; cp reports/-pods.csv reports/copy.csv")]
    public void Makes_the_same_of_the_same_rows_in_another_guise(string disguise)
    {
        _desk.Here.Bash(disguise).Is(ExitCode.Done);
        _desk.Makes("--to", "disguised.csv");
        Assert.Equal(Plain.Value, File.ReadAllText(Path("disguised.csv")));
    }

    static readonly Lazy<string> Plain = new(() =>
    {
        using var desk = new Desk();
        desk.Makes("--to", "plain.csv");
        return File.ReadAllText(desk.Here.Path("plain.csv"));
    });

    [Fact]
    public void Reads_ten_thousand_files_with_a_hundred_open_at_once()
    {
        var lines = File.ReadAllLines(Path("reports/pods.csv"));
        File.Delete(Path("reports/pods.csv"));
        for (var i = 0; i < 10_000; i++)
        {
            File.WriteAllText(Path($"reports/p{i}.csv"),
                $"{lines[0]}\n{lines[1 + (i % 24)].Replace("frontend-pod", $"pod-{i}", StringComparison.Ordinal)}\n");
        }
        var ended = _desk.Here.Bash($"ulimit -n 100; \"$quern\" {string.Join(' ', Desk.Words("--to", "out.csv", "--json", "--quiet"))}");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Equal(10_000 + 48, ended.Json.GetProperty("rows").GetProperty("kept").GetInt64());
    }

    string Path(string name) => _desk.Here.Path(name);

    JsonElement Report(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path(name)));
        return document.RootElement.Clone();
    }
}
