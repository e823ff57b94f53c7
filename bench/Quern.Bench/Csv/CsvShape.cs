using System.Globalization;
using Quern.Bench.Months;
using Quern.Chunks;
using Quern.Csv;
using Quern.Duck;

namespace Quern.Bench.Csv;

/// <summary>A kind of file that is measured, made by the engine from a seed: same seed and rows, same bytes.</summary>
/// <param name="Name">Its name in the table, and of its file.</param>
/// <param name="What">What is in it.</param>
/// <param name="Columns">Names and types of its columns.</param>
/// <param name="Select">Makes the rows, of <c>range(rows) r(i)</c> with <c>$seed</c> in place of a number.</param>
/// <param name="Quoted">Columns that are always quoted.</param>
/// <param name="Share">Rows, of those that were asked for.</param>
sealed record CsvShape(
    string Name, string What, IReadOnlyList<(string Name, string Type)> Columns, string Select, string Quoted, double Share)
{
    static readonly string[] Times = ["report_period_start", "report_period_end", "interval_start", "interval_end"];
    static readonly string[] Labelled = ["pod", "node", "namespace"];
    static readonly string[] Names = ["pod", "namespace", "node", "resource_id"];
    static readonly string[] Units = ["cpu_core", "memory_byte"];
    static readonly string[] Kinds = ["usage", "request", "limit"];
    static readonly string[] Capacities = ["cpu_cores", "cpu_core_seconds", "memory_bytes", "memory_byte_seconds"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CsvShape> All { get; } = [Pods(), Month(), Events(), Notes(), Wide()];

    /// <summary>How its moments are written; null for ISO 8601.</summary>
    public string? Moments { get; init; }

    /// <summary>Writes the file, in the form of all readers: a header, commas, line feeds.</summary>
    /// <returns>Its path.</returns>
    public string Write(DuckSession session, string folder, long rows, int seed)
    {
        var count = Math.Max(1, (long)(rows * Share));
        if (Select.Length == 0) return WriteMonth(folder, count, seed);
        var path = Path.Combine(folder, $"{Name}.csv");
        session.Execute(Copy(path, count.ToString(CultureInfo.InvariantCulture), seed));
        return path;
    }

    /// <summary>What Quern reads of a file.</summary>
    public CsvRead Read(string path) => new()
    {
        Files = [new CsvFile(path, Name)],
        Columns = [.. Columns.Select(c => new CsvColumn(c.Name, Type(c.Type)) { Empty = OnEmpty.Null })],
    };

    /// <summary>The engine's own reader, told as much as ours.</summary>
    public string Engine(string path)
    {
        var columns = string.Join(", ", Columns.Select(c => $"{Sql.Text(c.Name)}: {Sql.Text(c.Type)}"));
        var moments = Moments is null ? "" : $", timestampformat = {Sql.Text(Moments)}";
        return $"read_csv({Sql.File(path)}, auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', "
            + $"columns = {{{columns}}}{moments})";
    }

    static LogicalType Type(string name) =>
        LogicalType.TryParse(name, out var type) ? type : throw new BenchException($"{name} is no type");

    static string WriteMonth(string folder, long rows, int seed)
    {
        var month = Path.Combine(folder, "month");
        var cluster = new Cluster(new MonthPlan { Rows = rows, Seed = (ulong)seed, Month = new DateOnly(2025, 10, 1) });
        MonthJob.Run(cluster, new CsvMonth(cluster, month, compress: false, hash: false, threads: 2), month);
        return Directory.EnumerateFiles(month, "*pod_usage*.csv", SearchOption.AllDirectories).Single();
    }

    string Copy(string path, string count, int seed)
    {
        var select = Select.Replace("$seed", seed.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var quote = Quoted.Length == 0 ? "" : $", force_quote ({Quoted})";
        return $"copy (select {select} from range({count}) r(i)) to {Sql.Text(path)} (format csv, header true{quote})";
    }

    static CsvShape Pods()
    {
        (string Name, string Type, string Sql)[] columns =
        [
            .. Times.Select((name, n) =>
                (name, "TIMESTAMP", n < 2
                    ? $"strftime(timestamp '2025-10-01' + interval {n * 31} day, '%Y-%m-%d %H:%M:%S')"
                    : $"strftime(timestamp '2025-10-01' + interval (i // 3360 % 744 + {n - 2}) hour, '%Y-%m-%d %H:%M:%S')")),
            ("pod", "VARCHAR", "'pod-' || i % 3360 || '-' || left(md5((i % 3360 + $seed)::varchar), 10)"),
            ("namespace", "VARCHAR", "'namespace-' || i % 50"),
            ("node", "VARCHAR", "'node-' || i % 100 || '.example.internal'"),
            ("resource_id", "VARCHAR", "if(hash(i + $seed) % 100 = 0, NULL, 'i-' || left(md5((i % 100)::varchar), 17))"),
            ("cluster", "VARCHAR", "'cluster-' || i % 3"),
            ("rows", "BIGINT", "i"),
            ("cpu_limit", "INTEGER", "hash(i + 7 + $seed) % 10000"),
            ("day", "DATE", "strftime(timestamp '2025-10-01' + interval (i // 3360 % 744) hour, '%Y-%m-%d')"),
            ("is_ready", "BOOLEAN", "hash(i + 9 + $seed) % 10 > 0"),
            .. Enumerable.Range(0, 14).Select(m => ($"measure_{m}", "DOUBLE", Measure(m))),
            .. Labelled.Select((of, n) => ($"{of}_labels", "VARCHAR",
                $$"""'{"app": "{{of}}-' || i % {{200 >> n}} || '", "day": "' || i // 80640 || '", "team": "team-' || i % 20 || '"}'""")),
        ];
        return Of("pods", "4 moments, 14 doubles of 6 to 17 digits, 3 quoted JSON labels, 1 % NULLs", columns,
            "pod_labels, node_labels, namespace_labels", 1);
    }

    static string Measure(int m) =>
        $"if(hash(i * 31 + {m} + $seed) % 100 = 0, NULL, round((hash(i + {m} + $seed) % 1000000000000000)::double / 1e9, {2 + m}))";

    static CsvShape Month() => new("month", "the pod report of verb month: 4 moments, 10 doubles, 5 texts", [
        .. Times.Select(c => (c, "TIMESTAMP")),
        .. Names.Select(c => (c, "VARCHAR")),
        .. from unit in Units
           from kind in Kinds
           select ($"pod_{kind}_{unit}_seconds", "DOUBLE"),
        .. Capacities.Select(c => ($"node_capacity_{c}", "DOUBLE")),
        ("pod_labels", "VARCHAR"),
    ], "", "", 1)
    { Moments = "%Y-%m-%d %H:%M:%S +0000 UTC" };

    static CsvShape Events() => Of("events", "ad events: epoch milliseconds, a UUID, mostly empty prices", [
        ("ts", "BIGINT", "1704067200000 + hash(i // 3 + $seed) % 31622400000"),
        ("type", "VARCHAR", "['serve', 'serve', 'impression'][i % 3 + 1]"),
        ("auction_id", "UUID", "md5((i // 3 + $seed)::varchar)::uuid"),
        ("advertiser_id", "INTEGER", "hash(i // 3 + 1 + $seed) % 1654 + 1"),
        ("publisher_id", "INTEGER", "hash(i // 3 + 2 + $seed) % 1114 + 1"),
        ("bid_price", "DOUBLE", "if(i % 3 = 2, round((hash(i + $seed) % 100000)::double / 29311, 4), NULL)"),
        ("user_id", "BIGINT", "hash(i // 3 + 4 + $seed) % 2000000 + 1"),
        ("total_price", "DOUBLE", "if(hash(i + $seed) % 12000 = 0, round((hash(i) % 34000)::double / 100, 2), NULL)"),
        ("country", "VARCHAR", "['US', 'US', 'US', 'JP', 'DE', 'GB'][(hash(i // 3 + 5 + $seed) % 6 + 1)::integer]"),
    ], "", 4);

    static CsvShape Notes() => Of("notes", "texts with line ends, commas and quotes between quotes", [
        ("id", "BIGINT", "i"),
        ("note", "VARCHAR", "'line one of ' || i || chr(10) || 'line \"two\", with ' || md5((i + $seed)::varchar) || chr(10) || 'three'"),
        ("size", "DOUBLE", "round((hash(i + $seed) % 1000000)::double / 997, 3)"),
        ("answer", "VARCHAR", "repeat('well, ' || hash(i + $seed) % 9 || chr(10), (hash(i + 1 + $seed) % 12)::integer)"),
    ], "note, answer", 2);

    static CsvShape Wide() => Of("wide", "1,000 columns: whole numbers, doubles and texts in turn", [
        .. Enumerable.Range(0, 1000).Select(c => (c % 3) switch
        {
            0 => ($"c{c}", "INTEGER", $"(i * {c + 1} + $seed) % 100003"),
            1 => ($"c{c}", "DOUBLE", $"(i * {c + 3} + $seed) % 100000 / 64"),
            _ => ($"c{c}", "VARCHAR", $"'k' || (i + {c} + $seed) % 997"),
        }),
    ], "", 0.02);

    static CsvShape Of(string name, string what, (string Name, string Type, string Sql)[] columns, string quoted, double share) =>
        new(name, what, [.. columns.Select(c => (c.Name, c.Type))],
            string.Join(", ", columns.Select(c => $"{c.Sql} as {c.Name}")), quoted, share);
}
