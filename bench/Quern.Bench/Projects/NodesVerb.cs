using System.CommandLine;
using System.Globalization;
using System.Text;
using Quern.Bench.Terminal;

namespace Quern.Bench.Projects;

/// <summary><c>nodes</c>: what a node of a project costs beside the statements that it sends.</summary>
static class NodesVerb
{
    public static Command Create(TimeProvider time)
    {
        var folder = new Option<DirectoryInfo>("--project") { Description = "folder of the project", Required = true };
        var rounds = new Option<int>("--rounds") { Description = "measured rounds", DefaultValueFactory = _ => 5 };
        var verbs = new Option<string[]>("--verb")
        {
            Description = "run (models) or test (generic tests, failures stored)",
            DefaultValueFactory = _ => ["run"],
            AllowMultipleArgumentsPerToken = true,
        };
        var append = new Option<FileInfo?>("--append") { Description = "report to add the section to; it is printed in any case" };
        var command = new Command("nodes", "Measure nodes against their bare statements.") { folder, rounds, verbs, append };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(folder)!.FullName;
            if (parsed.GetValue(rounds) < 1) throw new BenchException("--rounds is at least 1");
            var text = new StringBuilder(Head);
            foreach (var verb in parsed.GetValue(verbs)!)
            {
                var job = new NodesJob(path, verb, time);
                var results = job.Run(parsed.GetValue(rounds));
                Row(text, verb, job.Nodes, "wall", [.. results.Select(r => (r.Quern.Wall, r.Bare.Wall))]);
                Row(text, verb, job.Nodes, "CPU", [.. results.Select(r => (r.Quern.Cpu, r.Bare.Cpu))]);
            }
            Out.Line(text.ToString());
            if (parsed.GetValue(append) is { } file) File.AppendAllText(file.FullName, text.ToString());
            return 0;
        });
        return command;
    }

    const string Head = """

        ## A node beside its statements

        One thread, one process, new database files. "bare" sends the statements that the nodes sent (`target/run/`) through a
        connection and does nothing else; Quern renders templates, keeps transactions, notes relations, writes the files of
        `target/` and measures memory. Milliseconds a node, medians.

        | nodes | | Quern | bare | difference, median | of all rounds |
        |---|---|---:|---:|---:|---|

        """;

    static void Row(StringBuilder text, string verb, int nodes, string what, (TimeSpan Quern, TimeSpan Bare)[] rounds)
    {
        var differences = rounds.Select(r => (r.Quern - r.Bare).TotalMilliseconds / nodes).Order().ToArray();
        text.Append(CultureInfo.InvariantCulture, $"| {nodes} of `{verb}` | {what} | {Median([.. rounds.Select(r => r.Quern.TotalMilliseconds / nodes).Order()]):F2} ");
        text.Append(CultureInfo.InvariantCulture, $"| {Median([.. rounds.Select(r => r.Bare.TotalMilliseconds / nodes).Order()]):F2} | {Median(differences):F2} ");
        text.Append(CultureInfo.InvariantCulture, $"| {differences[0]:F2} to {differences[^1]:F2} |\n");
    }

    static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
