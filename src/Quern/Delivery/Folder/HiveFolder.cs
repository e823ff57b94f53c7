using Quern.Chunks;
using Quern.Delivery.Parquet;
using Quern.Duck;

namespace Quern.Delivery.Folder;

/// <summary>A folder with a folder for each value of some columns: <c>day=2026-01-01/shop=7/data.parquet</c>.</summary>
/// <param name="name">The place as the user wrote it.</param>
/// <param name="path">Its absolute path.</param>
/// <param name="columns">The columns, from the outermost folder inwards; files do not have them.</param>
/// <param name="codec">How files are compressed.</param>
/// <remarks>The rows are set down in a table of the engine, which goes to disk beyond its memory, and sorted by the columns there; then
/// one file is written after another. So a million partitions take the memory of one, and rows of a partition keep their order.</remarks>
sealed class HiveFolder(string name, string path, IReadOnlyList<string> columns, ParquetCodec codec) : ParquetFolder(name, path)
{
    /// <summary>What Hive calls NULL.</summary>
    const string Null = "__HIVE_DEFAULT_PARTITION__";

    const string Table = "quern_partitioned";

    private protected override long Fill(DuckDatabase database, DuckSession session, string folder, Shipment shipment, CancellationToken cancel)
    {
        // Not a temporary table: another session reads it.
        session.Execute($"create table {Table} as {shipment.Query}", cancel);
        var keys = Sql.Names(columns);
        var rest = Sql.Names(shipment.Columns.Where(c => !columns.Contains(c, StringComparer.OrdinalIgnoreCase)));
        using var source = database.Connect();
        using var groups = database.Connect();
        using var rows = source.Query($"select {rest} from {Table} order by {keys}, rowid", cancel);
        var deal = new DealtRows(rows);
        session.Register(deal);
        var texts = string.Join(", ", columns.Select(c => $"{Sql.Name(c)}::varchar"));
        using var partitions = groups.Query($"select {texts}, count(*) from {Table} group by {keys} order by {keys}", cancel);
        while (partitions.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                deal.Until += chunk[columns.Count].Values<long>()[row];
                var place = Place(folder, chunk, row);
                Directory.CreateDirectory(place);
                var file = System.IO.Path.Combine(place, "data.parquet");
                session.Execute($"copy (from {deal.Name}()) to {Sql.Text(file)} ({Form(codec, shipment.RowGroupRows)})", cancel);
            }
        }
        return deal.Dealt;
    }

    string Place(string folder, Chunk chunk, int row) => columns.Select((column, i) =>
        $"{Uri.EscapeDataString(column)}={(ValueText.Read(chunk[i], row) is { } value ? Uri.EscapeDataString(value) : Null)}").Aggregate(folder, System.IO.Path.Combine);
}
