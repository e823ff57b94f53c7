using System.CommandLine;

namespace Quern.Bench.Arrow;

/// <summary><c>arrow</c>: writes and reads an Arrow file with each codec, and has Polars do the same.</summary>
static class ArrowVerb
{
    public static Command Create(TimeProvider clock)
    {
        var rows = new Option<int>("--rows") { Description = "rows of 30 columns", DefaultValueFactory = _ => 300_000 };
        var rounds = new Option<int>("--rounds") { Description = "measured rounds", DefaultValueFactory = _ => 5 };
        var threads = new Option<int>("--threads") { Description = "threads of both", DefaultValueFactory = _ => 2 };
        var batch = new Option<int>("--batch-rows") { Description = "rows of a batch", DefaultValueFactory = _ => 122_880 };
        var rivals = new Option<DirectoryInfo>("--rivals") { Description = "bench/rivals, after npm ci", Required = true };
        var output = new Option<FileInfo>("--out") { Description = "the Markdown file", Required = true };
        var command = new Command("arrow", "Measure Arrow files, written and read, against Polars.")
        {
            rows, rounds, threads, batch, rivals, output,
        };
        command.SetAction(parsed =>
        {
            var job = new ArrowJob(
                parsed.GetValue(rows), parsed.GetValue(rounds), parsed.GetValue(threads), parsed.GetValue(batch),
                parsed.GetValue(rivals)!.FullName);
            File.WriteAllText(parsed.GetValue(output)!.FullName, job.Run(clock));
            return 0;
        });
        return command;
    }
}
