using System.CommandLine;
using Quern.Bench.Terminal;
using Quern.Delivery.Sqlite;
using Quern.Duck;

namespace Quern.Bench.Sqlite;

/// <summary><c>sqlite</c>: writes a table to SQLite, against a C program.</summary>
static class SqliteVerb
{
    /// <summary>Rows that are measured for memory.</summary>
    public const string MemoryFile = "memory.parquet";

    public static Command Create(TimeProvider clock)
    {
        var rows = new Option<long>("--rows") { Description = "rows of 12 columns", DefaultValueFactory = _ => 1_000_000 };
        var rounds = new Option<int>("--rounds") { Description = "measured rounds", DefaultValueFactory = _ => 5 };
        var folder = new Option<DirectoryInfo>("--folder") { Description = "for the files, some hundred MB", Required = true };
        var rivals = new Option<DirectoryInfo>("--rivals") { Description = "bench/rivals; gcc and libsqlite3-dev compile the C program", Required = true };
        var memory = new Option<long>("--memory-rows") { Description = "rows of a run for its memory; 0 leaves it out", DefaultValueFactory = _ => 20_000_000 };
        var output = new Option<FileInfo>("--out") { Description = "the Markdown file", Required = true };
        var command = new Command("sqlite", "Measure a table written to SQLite, against a C program.") { rows, rounds, folder, rivals, memory, output };
        command.SetAction(parsed =>
        {
            var at = parsed.GetValue(folder)!.FullName;
            Directory.CreateDirectory(at);
            WriteRows(parsed.GetValue(rows), at, "rows.parquet");
            if (parsed.GetValue(memory) > 0) WriteRows(parsed.GetValue(memory), at, MemoryFile);
            var job = new SqliteJob(
                parsed.GetValue(rows), parsed.GetValue(rounds), at, parsed.GetValue(rivals)!.FullName, parsed.GetValue(memory));
            File.WriteAllText(parsed.GetValue(output)!.FullName, job.Run(clock));
            foreach (var bar in job.Bars) Out.Line(bar.ToString());
            return job.Bars.All(b => b.Holds) ? 0 : 1;
        });
        return command;
    }

    /// <summary><c>sqlite-task</c>: what <c>sqlite</c> runs as a process of its own.</summary>
    public static Command CreateTask()
    {
        var from = new Argument<string>("from");
        var to = new Argument<string>("to");
        var page = new Option<int>("--page-bytes") { DefaultValueFactory = _ => SqliteOptions.Default.PageBytes };
        var rows = new Option<int>("--rows-per-insert") { DefaultValueFactory = _ => SqliteOptions.Default.RowsPerInsert };
        var writers = new Option<int>("--writers") { DefaultValueFactory = _ => 2 };
        var most = new Option<long>("--max-rows") { DefaultValueFactory = _ => 0 };
        var threads = new Option<int>("--threads") { DefaultValueFactory = _ => 2 };
        var memory = new Option<long>("--engine-bytes") { DefaultValueFactory = _ => 2_000_000_000 };
        var command = new Command("sqlite-task", "Deliver a table to SQLite once.") { from, to, page, rows, writers, most, threads, memory };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var options = new SqliteOptions
            {
                PageBytes = parsed.GetValue(page),
                RowsPerInsert = parsed.GetValue(rows),
                Writers = parsed.GetValue(writers),
                MaxRows = parsed.GetValue(most),
            };
            SqliteTask.Run(parsed.GetValue(from)!, parsed.GetValue(to)!, options, parsed.GetValue(threads), parsed.GetValue(memory));
            return 0;
        });
        return command;
    }

    /// <summary><c>sqlite-rows</c>: the rows of the measurement, as Parquet and as the rival reads them.</summary>
    public static Command CreateRows()
    {
        var rows = new Argument<long>("rows");
        var folder = new Argument<DirectoryInfo>("folder");
        var command = new Command("sqlite-rows", "Write the rows of the measurement.") { rows, folder };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            WriteRows(parsed.GetValue(rows), parsed.GetValue(folder)!.FullName, "rows.parquet");
            return 0;
        });
        return command;
    }

    static void WriteRows(long rows, string folder, string name)
    {
        using var database = DuckDatabase.Open(new DuckOptions { MemoryLimitBytes = 4_000_000_000, Threads = 2, TempDirectory = folder });
        using var session = database.Connect();
        session.Execute($"create view t as {EntityRows.Select(rows)}");
        session.Execute($"copy t to {Sql.Text(Path.Combine(folder, name))} (format parquet, compression zstd)");
        // The rival keeps them in memory.
        if (name != MemoryFile && rows <= 2_000_000) EntityRows.Dump(session, Path.Combine(folder, "rows.bin"));
    }
}
