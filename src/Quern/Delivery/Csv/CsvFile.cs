using Quern.Duck;

namespace Quern.Delivery.Csv;

/// <summary>A CSV file with a header, replaced whole.</summary>
/// <param name="name">The place as the user wrote it.</param>
/// <param name="path">Its absolute path: tabs in place of commas for <c>.tsv</c>; gzip behind it for <c>.gz</c>, zstd for <c>.zst</c>.</param>
/// <param name="nullText">How NULL is spelled; a text that is the same is written in quotes.</param>
sealed class CsvFile(string name, string path, string nullText) : FileDestination(name, path)
{
    /// <inheritdoc/>
    public override string Kind => "csv";

    char Delimiter => DelimiterOf(Path);

    /// <summary>What stands between the cells of a file.</summary>
    /// <param name="path">Its path.</param>
    public static char DelimiterOf(string path) =>
        System.IO.Path.GetFileName(path).Contains(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : ',';

    string Codec => System.IO.Path.GetExtension(Path).ToLowerInvariant() switch
    {
        ".gz" => "gzip",
        ".zst" => "zstd",
        _ => "none",
    };

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        if (nullText.AsSpan().IndexOfAny(Delimiter, '"') < 0 && nullText.AsSpan().IndexOfAny('\r', '\n') < 0) return;
        throw new QuernException(new Fault("QN1114", "NULL cannot be spelled like this")
        {
            Where = "--csv-null",
            Value = $"\"{nullText}\"",
            Wanted = $"a text without {(Delimiter == ',' ? "comma" : "tab")}, quote and line end",
            Try = ["--csv-null '\\N'", "leave it out: NULL is empty, and an empty text is written in quotes"],
            ExitCode = ExitCode.Usage,
        });
    }

    private protected override long Copy(DuckSession session, string query, string path, Shipment shipment, CancellationToken cancel) =>
        session.Execute(
            $"""
            copy ({query}) to {Sql.Text(path)}
                (format csv, header, delimiter '{Delimiter}', quote '"', escape '"', nullstr {Sql.Text(nullText)}, compression {Codec})
            """,
            cancel);
}
