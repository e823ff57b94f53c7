using System.Globalization;
using System.Text;
using System.Text.Json;
using Quern.Bench.Terminal;
using Quern.Bench.Whole;
using Quern.Delivery.Sqlite.Native;

namespace Quern.Bench.Sqlite;

/// <summary>The measurement of <c>sqlite</c>: the same table by Quern and by a C program, round after round, each in a process of its own.</summary>
/// <param name="rows">Rows of the table.</param>
/// <param name="rounds">Measured rounds.</param>
/// <param name="folder">Absolute path of an empty folder for the files.</param>
/// <param name="rivals">Absolute path of <c>bench/rivals</c>.</param>
/// <param name="memoryRows">Rows of the run that is measured for its memory; 0 for none.</param>
sealed class SqliteJob(long rows, int rounds, string folder, string rivals, long memoryRows)
{
    const string CDefault = "C, default pragmas", CFast = "C, fast pragmas, 10 rows per INSERT";
    const string One = "Quern, from the engine's memory", Two = "Quern, 2 files at once, from the engine's memory";

    /// <summary>The engine while the memory of the process is measured: as `load` has it for Parquet and a single file.</summary>
    const string SmallEngine = "--engine-bytes 100000000 --threads 1";

    const double MostPeakMegabytes = 200;

    readonly List<(long Rows, double PeakMegabytes, double Cpu)> _memory = [];
    readonly Dictionary<string, List<(double Written, double Wall, double Cpu, double Peak)>> _found = [];

    /// <summary>What is to be reached, once it has run.</summary>
    public IReadOnlyList<SqliteBar> Bars =>
    [
        new("one file against C with default pragmas, wall", Wall(CDefault) / Wall(One), 1.2),
        new("one file against C with fast pragmas and 10 rows per INSERT, wall", Wall(CFast) / Wall(One), 0.65),
        new("two files at once against one, wall", Wall(One) / Wall(Two), 1.5),
        .. _memory.Select(m => new SqliteBar(
            string.Create(CultureInfo.InvariantCulture, $"peak resident MB at {m.Rows:N0} rows, from Parquet"), m.PeakMegabytes, MostPeakMegabytes, true)),
    ];

    double Wall(string task) => Median(_found[task].Select(r => r.Wall));

    /// <summary>Measures; gives the page.</summary>
    public string Run(TimeProvider clock)
    {
        var machine = Machine.Describe().ToList();
        Must($"cc -O2 -o '{At("insert")}' '{Path.Combine(rivals, "sqlite", "insert.c")}' -lsqlite3");
        var half = rows / 2;
        (string Task, string Command)[] tasks =
        [
            (CDefault, C("default")),
            ("C, fast pragmas", C("fast")),
            (CFast, C("fast10")),
            (One, Quern("q.sqlite", Rows)),
            ("Quern, from Parquet", Quern("q.sqlite", $"'{At("rows.parquet")}'", "--threads 1")),
            (Two, Quern("q.parts/", Rows, $"--max-rows {half} --writers 2")),
            ("Quern, 2 files at once, from Parquet", Quern("q.parts/", $"'{At("rows.parquet")}'", $"--max-rows {half} --writers 2")),
            ("Quern, 2 files one after the other, from the engine's memory", Quern("q.parts/", Rows, $"--max-rows {half} --writers 1")),
        ];
        for (var round = 0; round <= rounds; round++)
        {
            Out.Note($"round {round} of {rounds}");
            foreach (var (task, command) in tasks) Measure(task, command, isMeasured: round > 0);
        }
        foreach (var (count, file) in new (long, string)[] { (rows, "rows.parquet"), (memoryRows, SqliteVerb.MemoryFile) }.Where(m => m.Item1 > 0))
        {
            Out.Note(string.Create(CultureInfo.InvariantCulture, $"memory at {count:N0} rows"));
            var (run, cpu) = Task("memory", Quern("q.sqlite", $"'{At(file)}'", SmallEngine), count);
            _memory.Add((count, run.PeakBytes / 1e6, cpu.Cpu));
        }
        Must($"rm -rf '{At("q.sqlite")}' '{At("q.parts")}' '{At("c.sqlite")}'");
        return Page(clock, machine);
    }

    string Rows => rows.ToString(CultureInfo.InvariantCulture);

    string At(string name) => Path.Combine(folder, name);

    string C(string mode) => $"'{At("insert")}' '{At("rows.bin")}' '{At("c.sqlite")}' {mode}";

    string Quern(string to, string from, string options = "") =>
        $"rm -rf '{At("q.sqlite")}' '{At("q.parts")}'; exec '{Environment.ProcessPath}' sqlite-task {from} '{At(to)}' {options}";

    void Measure(string task, string command, bool isMeasured)
    {
        var (run, found) = Task(task, command, rows);
        if (!isMeasured) return;
        if (!_found.TryGetValue(task, out var list)) _found[task] = list = [];
        list.Add((found.Written, found.Wall, found.Cpu, run.PeakBytes / 1e6));
    }

    (Run Run, (double Written, double Wall, double Cpu) Found) Task(string task, string command, long wanted)
    {
        var run = Child.Run(command, folder);
        var log = File.ReadAllText(At("log"));
        if (run.ExitCode != 0) throw new BenchException($"{task}: {log}");
        using var json = JsonDocument.Parse(log);
        if (Number("rows") != wanted) throw new BenchException($"{task}: {log}");
        return (run, (Number("written"), Number("wall"), Number("cpu")));

        double Number(string name) => json.RootElement.GetProperty(name).GetDouble();
    }

    static void Must(string command)
    {
        if (Child.Shell(command) != 0) throw new BenchException($"failed: {command}");
    }

    string Page(TimeProvider clock, List<string> machine)
    {
        var page = new StringBuilder(
            $"""
            # SQLite: {rows:N0} rows

            date: {clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC  
            {string.Join("  \n", machine)}  
            SQLite: {SqliteLibrary.Version}, of the system, for all  
            data: 12 columns (whole numbers, a double, a decimal and moments as text, JSON, points and polygons as well-known text)  
            rounds: {rounds}, the tasks in turn after one round that is not measured. Medians of seconds; least in brackets.
            `written` ends with the commit, `wall` with the file on the disk (fsync), which all of them wait for. CPU seconds are those of all threads from
            the first row to the end: they say more than wall on a machine that others use, too. The C program holds the rows in memory, spelled already;
            Quern gets them from the engine's memory, or from Parquet, and spells decimals, days and moments itself.

            | task | written s | wall s | thousand rows/s | CPU s | wall against C default | CPU against C default |
            |---|---:|---:|---:|---:|---:|---:|

            """);
        var rival = _found[CDefault];
        var (rivalWall, rivalCpu) = (Median(rival.Select(r => r.Wall)), Median(rival.Select(r => r.Cpu)));
        foreach (var (task, list) in _found)
        {
            var (wall, cpu) = (Median(list.Select(r => r.Wall)), Median(list.Select(r => r.Cpu)));
            page.AppendLine(CultureInfo.InvariantCulture,
                $"| {task} | {Both(list.Select(r => r.Written))} | {Both(list.Select(r => r.Wall))} | {rows / wall / 1000:N0} | {Both(list.Select(r => r.Cpu))} | {rivalWall / wall:F2} | {rivalCpu / cpu:F2} |");
        }
        page.AppendLine("\n## Memory\n\nParquet to one file, the engine limited to 100 MB and one thread, largest resident set of the process:\n");
        page.AppendLine("| rows | peak MB | CPU s |\n|---|---:|---:|");
        foreach (var (count, peak, cpu) in _memory)
            page.AppendLine(CultureInfo.InvariantCulture, $"| {count:N0} | {peak:N0} | {cpu:F2} |");
        page.AppendLine("\n## What is to be reached\n\n| what | wanted | found | |\n|---|---|---:|---|");
        foreach (var bar in Bars) page.AppendLine(bar.ToString());
        return page.ToString();
    }

    static string Both(IEnumerable<double> values) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median(values):F2} ({values.Min():F2})");

    static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
