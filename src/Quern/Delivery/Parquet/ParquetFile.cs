using Quern.Duck;
using Quern.Files;

namespace Quern.Delivery.Parquet;

/// <summary>A Parquet file (ZSTD), replaced whole.</summary>
public sealed class ParquetFile(string name, string path) : Destination(name, path)
{
    /// <inheritdoc/>
    public override string Kind => "parquet";

    /// <inheritdoc/>
    public override string Effect => File.Exists(Path) ? "replaces the file" : "makes the file";

    /// <inheritdoc/>
    public override void Check() => AtomicFile.Check(Path, Name);

    /// <inheritdoc/>
    public override StagedOutput? Stage(DuckDatabase database, Shipment shipment, CancellationToken cancel)
    {
        if (shipment.Rows == 0 && !shipment.AllowEmpty && File.Exists(Path)) return null;
        using var session = database.Connect();
        var file = AtomicFile.Create(Path, Name);
        try
        {
            var query = $"select {Sql.Names(shipment.Columns)} from {shipment.Relation}";
            var rows = Write(database, () => Copy(session, query, file.TempPath, shipment.RowGroupRows, cancel));
            Confirm(shipment.Rows, rows);
            return new StagedFile(this, file, rows);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a query's rows, in their order, as one Parquet file.</summary>
    /// <returns>The rows that its footer says it has.</returns>
    internal static long Copy(DuckSession session, string query, string path, int rowGroupRows, CancellationToken cancel)
    {
        var form = FormattableString.Invariant($"format parquet, compression zstd, row_group_size {rowGroupRows}");
        session.Execute($"copy ({query}) to {Sql.Text(path)} ({form})", cancel);
        var count = $"select coalesce(sum(num_rows), 0)::bigint from parquet_file_metadata({Sql.File(path)})";
        return session.Scalar<long>(count, cancel);
    }
}
