using Quern.Duck;

namespace Quern.Delivery.Csv;

/// <summary>A CSV file with a header, replaced whole.</summary>
/// <param name="name">The place as the user wrote it.</param>
/// <param name="path">Its absolute path.</param>
/// <param name="nullText">How NULL is spelled; a text that is the same is written in quotes.</param>
sealed class CsvFile(string name, string path, string nullText) : FileDestination(name, path)
{
    /// <inheritdoc/>
    public override string Kind => "csv";

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        if (nullText.AsSpan().IndexOfAny(",\"\r\n") < 0) return;
        throw new QuernException(new Fault("QN1114", "NULL cannot be spelled like this")
        {
            Where = "--csv-null",
            Value = $"\"{nullText}\"",
            Wanted = "a text without comma, quote and line end",
            Try = ["--csv-null '\\N'", "leave it out: NULL is empty, and an empty text is written in quotes"],
            ExitCode = ExitCode.Usage,
        });
    }

    private protected override long Copy(DuckSession session, string query, string path, Shipment shipment, CancellationToken cancel) =>
        session.Execute(
            $"""
            copy ({query}) to {Sql.Text(path)}
                (format csv, header, delimiter ',', quote '"', escape '"', nullstr {Sql.Text(nullText)})
            """,
            cancel);
}
