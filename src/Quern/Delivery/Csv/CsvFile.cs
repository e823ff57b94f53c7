using Quern.Duck;
using Quern.Files;
using Quern.Running;

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
    public override void Check() => AtomicFile.Check(Path);

    /// <inheritdoc/>
    public override RunOutput? Deliver(DuckSession session, Shipment shipment, CancellationToken cancel)
    {
        if (shipment.Rows == 0 && !shipment.AllowEmpty && File.Exists(Path)) return null;
        using var file = AtomicFile.Create(Path);
        long rows = 0;
        DiskFull.Named(Name, file.TempPath, () => rows = session.Execute(
            $"copy (select {Sql.Names(shipment.Columns)} from {shipment.Relation}) to {Sql.Text(file.TempPath)} " +
            $"(format csv, header, delimiter ',', quote '\"', escape '\"', nullstr {Sql.Text(nullText)})",
            cancel));
        Confirm(shipment.Rows, rows);
        return new RunOutput(Name, Kind, rows, file.Commit());
    }
}
