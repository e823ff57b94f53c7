using System.CommandLine;
using Quern.Bench.Terminal;

namespace Quern.Bench.Whole;

/// <summary><c>whole</c>: measures whole processes against each other, in turn, and writes a Markdown table.</summary>
static class WholeVerb
{
    public static Command Create(TimeProvider time)
    {
        var commands = new Argument<string[]>("commands")
        {
            Description = "name=command line, one argument each; the first is what ratios refer to",
            Arity = ArgumentArity.OneOrMore,
        };
        var rounds = new Option<int>("--rounds")
        {
            Description = "measured rounds",
            DefaultValueFactory = _ => 5,
        };
        var title = new Option<string>("--title")
        {
            Description = "heading of the report",
            DefaultValueFactory = _ => "Whole processes",
        };
        var data = new Option<string>("--data") { Description = "what the data is and how to make it", Required = true };
        var caption = new Option<string>("--caption")
        {
            Description = "what a reader must know to compare the commands",
            DefaultValueFactory = _ => "",
        };
        var rows = new Option<long>("--rows") { Description = "input rows, for a rows/s column" };
        var bytes = new Option<long>("--bytes") { Description = "input bytes, for a MB/s column" };
        var output = new Option<FileInfo?>("--out") { Description = "file for the report; it is printed in any case" };
        var cold = new Option<bool>("--cold") { Description = "empty the page cache before each run (root)" };
        var command = new Command("whole", "Measure commands in turn: wall, CPU, peak memory.")
        {
            commands, rounds, title, data, caption, rows, bytes, output, cold,
        };
        command.SetAction(parsed =>
        {
            var contenders = parsed.GetValue(commands)!.Select(Contender.Parse).ToArray();
            var date = time.GetUtcNow();
            var machine = Machine.Describe().ToArray();
            if (parsed.GetValue(rounds) < 1) throw new BenchException("--rounds is at least 1");
            var runs = new WholeJob(contenders, parsed.GetValue(rounds), parsed.GetValue(cold)).Run();
            var report = new WholeReport
            {
                Title = parsed.GetValue(title)!,
                Data = parsed.GetValue(data)!,
                Caption = parsed.GetValue(caption)!,
                Rows = parsed.GetValue(rows),
                Bytes = parsed.GetValue(bytes),
                Date = date,
                Machine = machine,
                Cache = parsed.GetValue(cold) ? "emptied before each run" : "warm (one round before, not measured)",
                Results = [.. contenders.Zip(runs, (contender, list) => (contender, (IReadOnlyList<Run>)list))],
            }.ToString();
            Out.Line(report);
            if (parsed.GetValue(output) is { } file) Replace(file.FullName, report);
            return runs.All(list => list.All(run => run.ExitCode == 0)) ? 0 : 1;
        });
        return command;
    }

    static void Replace(string path, string text)
    {
        File.WriteAllText(path + ".part", text);
        File.Move(path + ".part", path, overwrite: true);
    }
}
