using System.CommandLine;
using Quern.Csv;
using Quern.Duck;

namespace Quern.Bench.Csv;

/// <summary><c>csv</c>: reads CSV files of several shapes, and turns them into Parquet, against other readers.</summary>
static class CsvVerb
{
    public static Command Create(TimeProvider clock)
    {
        var rows = new Option<long>("--rows") { Description = "rows of the first shape", DefaultValueFactory = _ => 2_500_000 };
        var rounds = new Option<int>("--rounds") { Description = "measured rounds", DefaultValueFactory = _ => 5 };
        var threads = new Option<int>("--threads") { Description = "threads of all", DefaultValueFactory = _ => 2 };
        var seed = new Option<int>("--seed") { Description = "same seed, same bytes", DefaultValueFactory = _ => 1 };
        var shapes = new Option<string[]>("--shape") { Description = "only these", AllowMultipleArgumentsPerToken = true };
        shapes.AcceptOnlyFromAmong([.. CsvShape.All.Select(s => s.Name)]);
        var folder = new Option<DirectoryInfo>("--folder") { Description = "for the files, which are kept", Required = true };
        var rivals = new Option<DirectoryInfo?>("--rivals")
        {
            Description = "bench/rivals, after npm ci; without it nothing becomes Parquet",
        };
        var quern = new Option<FileInfo>("--quern")
        {
            Description = "the command that is measured against the rivals (default: ./quern)",
            DefaultValueFactory = _ => new("quern"),
        };
        var output = new Option<FileInfo>("--out") { Description = "the Markdown file", Required = true };
        var command = new Command("csv", "Measure CSV, read and turned into Parquet, against other readers.")
        {
            rows, rounds, threads, seed, shapes, folder, rivals, quern, output,
        };
        command.SetAction(parsed =>
        {
            var only = parsed.GetValue(shapes)!;
            var plan = new CsvPlan(parsed.GetValue(rows), parsed.GetValue(rounds), parsed.GetValue(threads), parsed.GetValue(seed))
            {
                Shapes = [.. CsvShape.All.Where(s => only.Length == 0 || only.Contains(s.Name))],
                Folder = parsed.GetValue(folder)!.FullName,
                Rivals = parsed.GetValue(rivals)?.FullName,
                Quern = parsed.GetValue(quern)!.FullName,
            };
            File.WriteAllText(parsed.GetValue(output)!.FullName, new CsvJob(plan).Run(clock));
            return 0;
        });
        return command;
    }

    /// <summary><c>csv-task</c>: what <c>csv</c> runs as a process of its own.</summary>
    public static Command CreateTask()
    {
        var task = new Argument<string>("task").AcceptOnlyFromAmong(
            "quern-max", "duckdb", "duckdb-ordered", "duckdb-max");
        var shape = new Argument<string>("shape");
        var file = new Argument<string>("file");
        var output = new Argument<string>("output");
        var threads = new Argument<int>("threads");
        var command = new Command("csv-task", "Read a file of csv once.") { task, shape, file, output, threads };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var (kind, count) = (parsed.GetValue(task)!, parsed.GetValue(threads));
            var (wanted, path) = (CsvShape.All.Single(s => s.Name == parsed.GetValue(shape)), parsed.GetValue(file)!);
            var options = new DuckOptions { MemoryLimitBytes = 2_000_000_000, Threads = count, TempDirectory = "" };
            using var database = DuckDatabase.Open(options);
            using var session = database.Connect();
            session.Execute($"set preserve_insertion_order = {(kind == "duckdb-ordered" ? "true" : "false")}");
            if (kind == "quern-max") session.Register(new CsvView("quern", wanted.Read(path), count));
            var from = kind == "quern-max" ? "quern()" : wanted.Engine(path);
            if (kind.EndsWith("-max", StringComparison.Ordinal))
            {
                using var result = session.Query($"select max(columns(*)) from {from}");
                while (result.Next() is not null)
                {
                }
            }
            else
            {
                session.Execute($"copy (from {from}) to {Sql.Text(parsed.GetValue(output))} (format parquet, compression zstd)");
            }
            return 0;
        });
        return command;
    }
}
