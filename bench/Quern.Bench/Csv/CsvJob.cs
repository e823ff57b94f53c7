using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Quern.Bench.Arrow;
using Quern.Bench.Terminal;
using Quern.Bench.Whole;
using Quern.Csv;
using Quern.Duck;

namespace Quern.Bench.Csv;

/// <summary>The measurement of <c>csv</c>: every file is read by Quern and by the engine within this process, and turned into
/// Parquet by processes of their own, round after round, in turn.</summary>
sealed class CsvJob(CsvPlan plan)
{
    readonly CsvPage _page = new(plan);

    /// <summary>Measures; gives the page.</summary>
    public string Run(TimeProvider clock)
    {
        var machine = Machine.Describe().ToList();
        Directory.CreateDirectory(plan.Folder);
        using var database = DuckDatabase.Open(new DuckOptions
        {
            MemoryLimitBytes = 2_000_000_000,
            Threads = plan.Threads,
            TempDirectory = "",
        });
        using var session = database.Connect();
        foreach (var shape in plan.Shapes) Measure(session, shape);
        return _page.Write(clock, machine);
    }

    void Measure(DuckSession session, CsvShape shape)
    {
        Out.Note($"{shape.Name}: writing");
        // One process, one table function of a name.
        var name = $"quern_{shape.Name}";
        session.Execute("set preserve_insertion_order = true");
        var path = shape.Write(session, plan.Folder, plan.Rows, plan.Seed);
        session.Execute("set preserve_insertion_order = false");
        session.Register(new CsvView(name, shape.Read(path), plan.Threads));
        _page.Begin(shape, new FileInfo(path).Length);
        for (var round = 0; round <= plan.Rounds; round++)
        {
            Out.Note($"{shape.Name}: round {round} of {plan.Rounds}");
            var counts = round > 0;
            Take("scan, and parse the first column, Quern", counts, () => Drop(shape.Read(path), [0]));
            Take("parse alone, Quern", counts, () => Drop(shape.Read(path), null));
            foreach (var type in shape.Columns.Select(c => c.Type).Distinct())
                Take($"parse alone, Quern, only {type}", counts, () => Drop(shape.Read(path), OfType(shape, type)));
            Both(session, "count of each column", "count(columns(*))", $"{name}()", shape.Engine(path), counts);
            Both(session, "max of each column", "max(columns(*))", $"{name}()", shape.Engine(path), counts);
            if (plan.Rivals is not null) Parquet(shape, path, counts);
        }
    }

    void Both(DuckSession session, string task, string what, string ours, string theirs, bool isMeasured)
    {
        Take($"{task}, Quern", isMeasured, () => Query(session, $"select {what} from {ours}"));
        Take($"{task}, DuckDB", isMeasured, () => Query(session, $"select {what} from {theirs}"));
    }

    static void Query(DuckSession session, string sql)
    {
        using var result = session.Query(sql);
        while (result.Next() is not null)
        {
        }
    }

    static List<int> OfType(CsvShape shape, string type) =>
        [.. Enumerable.Range(0, shape.Columns.Count).Where(c => shape.Columns[c].Type == type)];

    /// <summary>Parses without the engine.</summary>
    void Drop(CsvRead read, IReadOnlyList<int>? columns)
    {
        using var pass = new CsvPass(read, columns);
        var threads = Enumerable.Range(0, plan.Threads).Select(_ => new Thread(() =>
        {
            using var reader = pass.OpenReader();
            using var sink = new DropSink();
            while (reader.Fill(sink) > 0)
            {
            }
        })).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
    }

    void Take(string task, bool isMeasured, Action action)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        action();
        var timing = new Timing(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        if (isMeasured) _page.Add(task, timing, 0);
    }

    void Parquet(CsvShape shape, string path, bool isMeasured)
    {
        var to = Path.Combine(plan.Folder, "out.parquet");
        var threads = plan.Threads.ToString(CultureInfo.InvariantCulture);
        var convert = $"{Quoted(plan.Quern)} convert {Quoted(path)} {Quoted(to)} --threads {threads} --quiet";
        Process("process, quern convert --unordered", $"{convert} --unordered", isMeasured);
        Process("process, quern convert", convert, isMeasured);
        foreach (var kind in new[] { "quern-max", "duckdb-max", "duckdb", "duckdb-ordered" })
        {
            var self = $"{Quoted(Environment.ProcessPath!)} csv-task {kind} {shape.Name}";
            Process($"process, {kind}", $"{self} {Quoted(path)} {Quoted(to)} {threads}", isMeasured);
        }
        var columns = Path.Combine(plan.Folder, $"{shape.Name}.json");
        File.WriteAllText(columns, JsonSerializer.Serialize(shape.Columns.Select(c =>
            new[] { c.Name, shape.Moments is not null && c.Type == "TIMESTAMP" ? "VARCHAR" : c.Type })));
        foreach (var rival in new[] { "polars", "chdb" })
        {
            Process($"process, {rival}",
                $"POLARS_MAX_THREADS={threads} node {Quoted(Path.Combine(plan.Rivals!, $"csv-{rival}.mjs"))} {Quoted(path)} {Quoted(to)} " +
                $"{Quoted(columns)} {threads}", isMeasured);
        }
        File.Delete(to);
    }

    void Process(string task, string commandLine, bool isMeasured)
    {
        var folder = Directory.CreateTempSubdirectory("quern-bench-csv-");
        try
        {
            var run = Child.Run(commandLine, folder.FullName);
            if (run.ExitCode != 0)
            {
                var log = string.Join('\n', File.ReadLines(Path.Combine(folder.FullName, "log")).TakeLast(10));
                throw new BenchException($"{task} failed with {run.ExitCode}: {log}");
            }
            if (isMeasured) _page.Add(task, new Timing(run.Wall.TotalSeconds, run.Cpu.TotalSeconds), run.PeakBytes);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
