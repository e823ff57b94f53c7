using System.CommandLine;
using System.Globalization;
using System.Text;
using Quern.Cli.Csv;
using Quern.Cli.Peeking;
using Quern.Peeking;

namespace Quern.Cli.Commands;

/// <summary><c>quern peek FILE</c>.</summary>
sealed class PeekVerb : Verb
{
    const int DefaultRows = 20;
    const int MostRows = 1_000_000;

    readonly Argument<string> _file = new("FILE") { Description = "a file, NAME.duckdb:TABLE, or - for CSV on standard input" };
    readonly Option<string?> _rows = new("--rows", "-n") { HelpName = "N", Description = "first rows to show (default: 20)" };
    readonly Option<bool> _stats = new("--stats") { Description = "read all rows: NULLs, least, greatest, distinct of each column" };
    readonly CsvOptions _csv = new();

    public override string Path => "peek";

    public override string Summary => "schema and first rows of a file";

    public override string Memory => "constant, a few MB; --stats of other files than CSV up to --memory";

    public override string Help =>
        """
        Looks into CSV, Parquet, Arrow IPC and DuckDB files, whatever their names: the
        columns with their types, how many rows there are when that is known without
        reading them, and the first ones. Only the head of a file is read, and of CSV
        a sample for the types; .gz and .zst are read as their content.
          quern peek orders.csv -n 5
          quern peek shop.duckdb             lists its tables
          quern peek shop.duckdb:orders --stats
          head -100 orders.csv | quern peek -
        On a terminal the table fits its width. In a pipe standard output is CSV with
        a header, and the columns are said on standard error (not with --quiet).
        """;

    public override IReadOnlyList<Argument> Arguments => [_file];

    public override IReadOnlyList<Option> Options => [_rows, _stats, .. _csv.All];

    public override ExitCode Execute(CommandContext context)
    {
        var request = new PeekRequest
        {
            Input = context.Value(_file)!,
            BaseDirectory = context.Surroundings.Directory,
            Rows = Rows(context),
            Stats = context.Value(_stats),
            Hints = _csv.Read(context),
            Threads = context.Globals.Threads,
        };
        if (context.Globals.Explain) return context.Explain(_ => Explained(request));
        string? answer = null;
        return context.RunInLines(
            run =>
            {
                var preview = FilePeek.Look(request, run.Memory, run.Cancellation);
                if (context.Globals.Json) answer = PreviewText.Json(preview);
                else Show(context, preview);
            },
            _ => false,
            () => answer);
    }

    static void Show(CommandContext context, Preview preview)
    {
        var screen = context.Screen;
        if (screen.DataColumns is { } width)
        {
            var lines = new StringBuilder();
            if (!context.Globals.Quiet)
            {
                foreach (var fact in PreviewText.Facts(preview)) lines.Append(VisibleText.Of(fact)).Append('\n');
                lines.Append('\n');
            }
            foreach (var line in PreviewText.Table(preview, width)) lines.Append(line).Append('\n');
            screen.Data.Write(Encoding.UTF8.GetBytes(screen.Secrets.Hide(lines.ToString())));
            return;
        }
        if (!context.Globals.Quiet)
            foreach (var fact in PreviewText.Facts(preview)) screen.Say(fact);
        screen.Data.Write(Encoding.UTF8.GetBytes(screen.Secrets.Hide(PreviewText.Csv(preview))));
    }

    int Rows(CommandContext context)
    {
        if (context.Value(_rows) is not { } text) return DefaultRows;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows <= MostRows) return rows;
        throw new QuernException(new Fault("QN1005", "not a number of rows")
        {
            Where = "--rows",
            Value = $"\"{text}\"",
            Wanted = string.Create(CultureInfo.InvariantCulture, $"0 to {MostRows}"),
            ExitCode = ExitCode.Usage,
        });
    }

    static IEnumerable<string> Explained(PeekRequest request)
    {
        yield return request.Stats ? $"reads all of {request.Input}" : $"reads the head of {request.Input}";
        yield return request.Stats ? "shows NULLs, least, greatest and distinct values of each column" : string.Create(
            CultureInfo.InvariantCulture, $"shows its columns and the first {request.Rows} rows");
    }
}
