using Quern.Duck;
using Quern.Files;

namespace Quern.Delivery.Csv;

/// <summary>A CSV file with a header, replaced whole.</summary>
/// <param name="name">The place as the user wrote it.</param>
/// <param name="path">Its absolute path.</param>
/// <param name="nullText">How NULL is spelled; a text that is the same is written in quotes.</param>
public sealed class CsvFile(string name, string path, string nullText) : Destination(name, path)
{
    /// <inheritdoc/>
    public override string Kind => "csv";

    /// <inheritdoc/>
    public override string Effect => File.Exists(Path) ? "replaces the file" : "makes the file";

    /// <inheritdoc/>
    public override void Check()
    {
        AtomicFile.Check(Path, Name);
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

    /// <inheritdoc/>
    public override StagedOutput? Stage(DuckDatabase database, Shipment shipment, CancellationToken cancel)
    {
        if (shipment.Rows == 0 && !shipment.AllowEmpty && File.Exists(Path)) return null;
        using var session = database.Connect();
        var file = AtomicFile.Create(Path, Name);
        try
        {
            var sql = $"""
                copy (select {Sql.Names(shipment.Columns)} from {shipment.Relation}) to {Sql.Text(file.TempPath)}
                    (format csv, header, delimiter ',', quote '"', escape '"', nullstr {Sql.Text(nullText)})
                """;
            var rows = Write(database, () => session.Execute(sql, cancel));
            Confirm(shipment.Rows, rows);
            return new StagedFile(this, file, rows);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
