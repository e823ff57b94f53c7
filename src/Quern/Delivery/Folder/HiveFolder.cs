using Quern.Delivery.Parquet;
using Quern.Duck;

namespace Quern.Delivery.Folder;

/// <summary>A folder with a folder for each value of some columns: <c>day=2026-01-01/shop=7/data_0.parquet</c>.</summary>
/// <param name="name">The place as the user wrote it.</param>
/// <param name="path">Its absolute path.</param>
/// <param name="columns">The columns, from the outermost folder inwards; files do not have them.</param>
/// <param name="codec">How files are compressed.</param>
/// <remarks>Rows of a partition keep their order when the database has one thread. When more partitions are open than
/// <see cref="Shipment.OpenFiles"/>, one is closed and goes on in a further file.</remarks>
sealed class HiveFolder(string name, string path, IReadOnlyList<string> columns, ParquetCodec codec) : ParquetFolder(name, path)
{
    private protected override long Fill(DuckDatabase database, DuckSession session, string folder, Shipment shipment, CancellationToken cancel)
    {
        session.Execute(FormattableString.Invariant(
            $"set partitioned_write_max_open_files = {shipment.OpenFiles}; set partitioned_write_flush_threshold = {shipment.RowGroupRows}"));
        return session.Execute(
            $"copy ({shipment.Query}) to {Sql.Text(folder)} ({Form(codec, shipment.RowGroupRows)}, partition_by ({Sql.Names(columns)}))", cancel);
    }
}
