using System.CommandLine;
using System.Globalization;
using System.Text;
using Quern.Cli.Csv;
using Quern.Cli.Terminal;
using Quern.Csv.Inference;
using Quern.Csv.Schemas;
using Quern.Running;

namespace Quern.Cli.Commands;

/// <summary><c>quern schema infer</c>.</summary>
sealed class SchemaInferVerb : Verb
{
    readonly Argument<string[]> _files =
        new("FILES") { Description = "CSV files, folders, globs in quotes", Arity = ArgumentArity.OneOrMore };

    readonly Option<bool> _all = new("--all") { Description = "look at every row (default: head, middle and tail of each file)" };

    readonly Option<string?> _out =
        new("--out", "-o") { HelpName = "FILE", Description = "write the schema here (default: standard output)" };

    readonly CsvOptions _csv = new();

    public override string Path => "schema infer";

    public override string Summary => "find out the types of CSV files";

    public override string Memory => "constant: some 5 MB for each thread, whatever the size of the files";

    public override string Help =>
        """
        Looks at all files and writes what they are as YAML: delimiter, quotes, header
        and encoding, then each column with its type and the evidence: how many values
        and NULLs, the least and the greatest, the widest text, and the file and line
        that made the type wider. Runs that are given the file with --schema read CSV
        so, or say what is different.
          quern schema infer 'data/*.csv'
          quern schema infer 'data/*.csv' --all --out schema.yml
        Columns come together by name; folders like month=2026-01 are columns.
        Without --all the types are those of a sample, which the evidence says.
        With --json the schema is JSON; with --out, too, it is so in the file, and
        standard output is the report of the run.
        """;

    public override IReadOnlyList<Argument> Arguments => [_files];

    public override IReadOnlyList<Option> Options => [_all, _out, .. _csv.All];

    public override ExitCode Execute(CommandContext context)
    {
        var request = new InferenceRequest
        {
            BaseDirectory = context.Surroundings.Directory,
            Inputs = context.Value(_files)!,
            Hints = _csv.Read(context),
            Output = context.Value(_out) is { } path ? context.Path(path) : null,
            All = context.Value(_all),
            Threads = context.Globals.Threads,
        };
        var target = context.Value(_out);
        if (context.Globals.Explain) return context.Explain(_ => Explained(request, target));
        CsvSchema? schema = null;
        return context.RunInLines(
            run =>
            {
                using (run.Memory.Take("threads that look at cells", request.Threads * CsvInference.BytesPerThread))
                using (context.Globals.Quiet ? null : new ProgressLine(run, context.Screen))
                using (run.Step(request.All ? "look at every row" : "look at a sample"))
                {
                    var told = request with { BytesKnown = run.Progress.Expect, BytesRead = bytes => run.Progress.Advance(bytes, 0) };
                    schema = CsvInference.Run(told, run.Cancellation);
                }
                var evidence = schema.Evidence!;
                run.Rows.CountRead(evidence.Rows + evidence.RaggedRows, evidence.Rows, filtered: evidence.RaggedRows);
                if (target is not null) schema.Save(context.Path(target), target, context.Globals.Json);
                else if (!context.Globals.Json)
                    context.Screen.Data.Write(Encoding.UTF8.GetBytes(context.Screen.Secrets.Hide(schema.ToYaml())));
                foreach (var doubt in evidence.Doubts) Warn(context, run, "QN4014", doubt);
                foreach (var damage in evidence.Damage) Warn(context, run, "QN4015", damage);
                if (!context.Globals.Quiet && target is not null) context.Screen.Say(Told(schema, target));
            },
            _ => false,
            () => target is null ? schema?.ToJson() : null);
    }

    static void Warn(CommandContext context, Run run, string code, string what)
    {
        run.Warn(code, what);
        if (!context.Globals.Quiet) context.Screen.Say($"warning {code}: {what}");
    }

    static string Told(CsvSchema schema, string target)
    {
        var evidence = schema.Evidence!;
        var rows = $"{(evidence.IsAll ? "all " : "a sample of ")}{Count(evidence.Rows, "row")}";
        return $"{target}   {Count(schema.Columns.Count, "column")} from {rows} of {Count(evidence.Files, "file")}";
    }

    static string Count(long count, string what) => $"{Figures.Count(count)} {what}{(count == 1 ? "" : "s")}";

    static IEnumerable<string> Explained(InferenceRequest request, string? target)
    {
        yield return request.All
            ? string.Create(CultureInfo.InvariantCulture, $"looks at every row, on {request.Threads} threads, of")
            : "looks at rows from the head, the middle and the tail of each file of";
        foreach (var input in request.Inputs) yield return "  " + input;
        yield return $"writes the schema to {target ?? "standard output"}";
    }
}
