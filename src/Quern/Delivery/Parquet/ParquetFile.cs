using Quern.Duck;
using Quern.Files;
using Quern.Running;

namespace Quern.Delivery.Parquet;

/// <summary>A Parquet file (ZSTD), replaced whole.</summary>
public sealed class ParquetFile(string name, string path) : Destination(name, path)
{
    /// <inheritdoc/>
    public override string Kind => "parquet";

    /// <inheritdoc/>
    public override string Effect => File.Exists(Path) ? "replaces the file" : "makes the file";

    /// <inheritdoc/>
    public override void Check() => AtomicFile.Check(Path);

    /// <inheritdoc/>
    public override RunOutput? Deliver(DuckSession session, Shipment shipment, CancellationToken cancel)
    {
        if (shipment.Rows == 0 && !shipment.AllowEmpty && File.Exists(Path)) return null;
        using var file = AtomicFile.Create(Path);
        Write(session, $"select {Sql.Names(shipment.Columns)} from {shipment.Relation}", file.TempPath, Name, shipment.RowGroupRows, cancel);
        var rows = session.Scalar<long>($"select coalesce(sum(num_rows), 0)::bigint from parquet_file_metadata({Sql.Text(file.TempPath)})", cancel);
        Confirm(shipment.Rows, rows);
        return new RunOutput(Name, Kind, rows, file.Commit());
    }

    /// <summary>Writes a query's rows, in their order, as one Parquet file.</summary>
    internal static void Write(DuckSession session, string query, string path, string name, int rowGroupRows, CancellationToken cancel) =>
        DiskFull.Named(name, path, () =>
            session.Execute(
                FormattableString.Invariant($"copy ({query}) to {Sql.Text(path)} (format parquet, compression zstd, row_group_size {rowGroupRows})"), cancel));
}
