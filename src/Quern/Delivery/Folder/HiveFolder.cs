using Quern.Chunks;
using Quern.Delivery.Parquet;
using Quern.Duck;
using Quern.Files;

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
    /// <summary>The longest name that Linux's file systems take.</summary>
    const int MostNameBytes = 255;

    const int MostShown = 100;

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
                // Hive's word for NULL may also be a value.
                if (Directory.Exists(place)) throw Unfit(folder, place, "two values, of which one is NULL, make the same folder");
                Directory.CreateDirectory(place);
                var file = System.IO.Path.Combine(place, "data.parquet");
                session.Execute($"copy (from {deal.Name}()) to {Sql.Text(file)} ({Form(codec, shipment.RowGroupRows)})", cancel);
            }
        }
        return deal.Dealt;
    }

    string Place(string folder, Chunk chunk, int row)
    {
        var place = folder;
        for (var i = 0; i < columns.Count; i++)
        {
            var name = $"{Uri.EscapeDataString(columns[i])}={(chunk[i].IsNull(row) ? HivePartitions.NullValue : Uri.EscapeDataString(ValueText.Read(chunk[i], row)))}";
            place = System.IO.Path.Combine(place, name);
            if (name.Length > MostNameBytes) throw Unfit(folder, place, $"the name of a folder would be longer than {MostNameBytes} bytes");
        }
        return place;
    }

    QuernException Unfit(string folder, string place, string what) => new(new Fault("QN8109", "a value cannot name the folder of a partition")
    {
        Where = Name,
        Value = $"{Shortened(System.IO.Path.GetRelativePath(folder, place))}: {what}",
        Try = ["--partition-by     a column of short values", "--where     leaves such rows out"],
    });

    static string Shortened(string text) => text.Length <= MostShown ? text : text[..MostShown] + "...";
}
