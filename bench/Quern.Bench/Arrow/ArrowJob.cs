using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Quern.Arrow;
using Quern.Bench.Terminal;
using Quern.Bench.Whole;
using Quern.Duck;

namespace Quern.Bench.Arrow;

/// <summary>The measurement of <c>arrow</c>: the same table is written and read with each codec, round after round, by Quern in
/// this process and by Polars in one of its own, which takes its times inside.</summary>
sealed class ArrowJob(int rows, int rounds, int threads, int batchRows, string rivals)
{
    static readonly ArrowCodec[] Codecs = [ArrowCodec.None, ArrowCodec.Lz4, ArrowCodec.Zstd];

    readonly SortedDictionary<string, List<Timing>> _timings = new(StringComparer.Ordinal);
    readonly Dictionary<string, long> _bytes = [];

    /// <summary>Measures; gives the page.</summary>
    public string Run(TimeProvider clock)
    {
        var machine = Machine.Describe().ToList();
        var folder = Directory.CreateTempSubdirectory("quern-bench-arrow-").FullName;
        try
        {
            using var database = DuckDatabase.Open(new DuckOptions
            {
                MemoryLimitBytes = 4_000_000_000, Threads = threads, TempDirectory = "",
            });
            using var session = database.Connect();
            session.Execute(Table());
            session.Register(new ArrowFunction(threads));
            for (var round = 0; round <= rounds; round++)
            {
                Out.Note($"round {round} of {rounds}");
                foreach (var codec in Codecs) Round(session, folder, codec, isMeasured: round > 0);
            }
            return Page(clock, machine);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    void Round(DuckSession session, string folder, ArrowCodec codec, bool isMeasured)
    {
        var path = Path.Combine(folder, $"{codec}.arrow");
        Take(codec, "write, Quern", isMeasured, () => Write(session, path, codec));
        _bytes[$"{codec} Quern"] = new FileInfo(path).Length;
        Take(codec, "read all columns into the engine, Quern", isMeasured, () => Read(session, path, "hash(columns(*))"));
        Take(codec, "read 3 columns into the engine, Quern", isMeasured, () => Read(session, path, "hash(columns('^n0|^t0|^k0'))"));
        Take(codec, "read all columns as chunks, Quern, 1 thread", isMeasured, () => Chunks(path));
        using var answer = Polars(path, Path.Combine(folder, "polars.arrow"), codec);
        _bytes[$"{codec} Polars"] = new FileInfo(Path.Combine(folder, "polars.arrow")).Length;
        if (!isMeasured) return;
        foreach (var task in answer.RootElement.EnumerateObject())
        {
            var (wall, cpu) = (task.Value.GetProperty("wall").GetDouble(), task.Value.GetProperty("cpu").GetDouble());
            Add(codec, $"{task.Name}, Polars", new Timing(wall, cpu));
        }
    }

    void Write(DuckSession session, string path, ArrowCodec codec)
    {
        using var result = session.Query("from t");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        using var writer = new ArrowWriter(
            file, result.Schema, new ArrowOptions { Codec = codec, Threads = threads, BatchRows = batchRows });
        while (result.Next() is { } chunk) writer.Write(chunk);
        writer.Complete();
    }

    static void Read(DuckSession session, string path, string columns)
    {
        using var result = session.Query($"select max({columns}) from quern_arrow([{Sql.Text(path)}])");
        while (result.Next() is not null)
        {
        }
    }

    static void Chunks(string path)
    {
        using var set = new ArrowSet(new ArrowRead { Paths = [path] });
        using var chunks = new ArrowChunks(new ArrowPass(set));
        while (chunks.Next() is not null)
        {
        }
    }

    JsonDocument Polars(string path, string to, ArrowCodec codec)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(rivals, "arrow.mjs"), path, to, codec.ToString().ToLowerInvariant()])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["POLARS_MAX_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        return node.ExitCode == 0 ? JsonDocument.Parse(output) : throw new BenchException("the rival failed: is npm ci done there?");
    }

    void Take(ArrowCodec codec, string task, bool isMeasured, Action action)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        action();
        if (isMeasured) Add(codec, task, new Timing(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds));
    }

    void Add(ArrowCodec codec, string task, Timing timing)
    {
        var key = $"{(int)codec} {codec} {task}";
        if (!_timings.TryGetValue(key, out var list)) _timings[key] = list = [];
        list.Add(timing);
    }

    string Page(TimeProvider clock, List<string> machine)
    {
        var megabytes = _bytes["None Quern"] / 1e6;
        var page = new StringBuilder(
            $"""
            # Arrow files, {threads} threads

            date: {clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC  
            {string.Join("  \n", machine)}  
            data: {rows:N0} rows x 30 columns (5 timestamps and dates, 8 texts of which 3 are JSON labels, 14 doubles, 3 whole numbers; NULLs in 6), {megabytes:N1} MB uncompressed; batches of {batchRows:N0} rows  
            rounds: {rounds}, the tasks in turn after one round that is not measured; files in the page cache. Medians. MB/s is of the uncompressed size.

            | codec | task | wall s | min | CPU s | MB/s |
            |---|---|---:|---:|---:|---:|

            """);
        foreach (var (key, list) in _timings)
        {
            var parts = key.Split(' ', 3);
            var wall = Median(list.Select(t => t.Wall));
            page.AppendLine(CultureInfo.InvariantCulture,
                $"| {parts[1]} | {parts[2]} | {wall:F3} | {list.Min(t => t.Wall):F3} | {Median(list.Select(t => t.Cpu)):F2} | {megabytes / wall:N0} |");
        }
        page.AppendLine().AppendLine("| codec | MB, Quern | MB, Polars |").AppendLine("|---|---:|---:|");
        foreach (var codec in Codecs)
            page.AppendLine(CultureInfo.InvariantCulture, $"| {codec} | {_bytes[$"{codec} Quern"] / 1e6:N1} | {_bytes[$"{codec} Polars"] / 1e6:N1} |");
        return page.ToString();
    }

    static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>Something like pod usage: labels that repeat, times that rise, measures that do not repeat.</summary>
    string Table() => string.Create(CultureInfo.InvariantCulture, $$"""
        create table t as select
            i as n0, (i % 3360)::integer as n1, if(i % 9 = 0, NULL, i * 7919) as n2,
            timestamp '2025-10-01' + interval (i // 3360) hour as t0, timestamp '2025-10-01' + interval (i // 3360 + 1) hour as t1,
            timestamp '2025-10-01' as t2, timestamp '2025-11-01' as t3, date '2025-10-01' + (i // 80640)::integer as day,
            'cluster-' || i % 3 as k0, 'namespace-' || i % 50 as k1, 'node-' || i % 100 || '.example.internal' as k2,
            'pod-' || i % 3360 || '-' || md5((i % 3360)::varchar) as k3, if(i % 11 = 0, NULL, 'i-' || md5((i % 100)::varchar)) as k4,
            '{"app":"app-' || i % 200 || '","team":"team-' || i % 20 || '","tier":"backend","version":"' || i % 7 || '"}' as l0,
            if(i % 5 = 0, NULL, '{"kubernetes.io/metadata.name":"namespace-' || i % 50 || '","environment":"production"}') as l1,
            '{"node-role.kubernetes.io/worker":"","topology.kubernetes.io/zone":"zone-' || i % 3 || '"}' as l2,
            {{string.Join(", ", Enumerable.Range(0, 14).Select(m => $"{(m % 5 == 4 ? $"if(i % {m + 2} = 0, NULL, " : "(")}hash(i + {m}) / 1e{m + 8}) as m{m}"))}}
        from range({{rows}}) r(i)
        """);
}
