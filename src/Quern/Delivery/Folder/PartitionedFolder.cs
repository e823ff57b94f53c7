using Quern.Delivery.Parquet;
using Quern.Duck;
using Quern.Files;

namespace Quern.Delivery.Folder;

/// <summary>
/// A folder with a Parquet file for each partition: <c>key=…/year=2025/month=10/day=1/data.parquet</c>. The
/// partitions in the shipment's scope are replaced, all at once; others stay.
/// </summary>
sealed class PartitionedFolder(string name, string path) : Destination(name, path)
{
    /// <inheritdoc/>
    public override string Kind => "folder";

    /// <inheritdoc/>
    public override string Effect =>
        Directory.Exists(Path) ? "replaces the partitions of the run's days, others stay" : "makes the folder";

    /// <inheritdoc/>
    public override void Check() => AtomicFolder.Check(Path, Name);

    /// <inheritdoc/>
    internal override StagedOutput? Stage(DuckDatabase database, Shipment shipment, CancellationToken cancel)
    {
        if (shipment.Scope is not { } scope) throw new ArgumentException("a folder of days needs days", nameof(shipment));
        if (scope.Days.Count == 0) return null;
        var folder = AtomicFolder.Create(Path, Name);
        try
        {
            folder.Keep("");
            var (rows, bytes) = Fill(folder, database, shipment, scope, cancel);
            Confirm(shipment.Rows ?? rows, rows);
            return new StagedFolder(this, folder, rows, bytes);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    (long Rows, long Bytes) Fill(AtomicFolder folder, DuckDatabase database, Shipment shipment, Scope scope, CancellationToken cancel)
    {
        using var session = database.Connect();
        var column = Sql.Name(scope.DayColumn);
        var days = Days(session, $"select distinct {column} from {shipment.Relation}", cancel);
        long rows = 0, bytes = 0;
        foreach (var day in scope.Days)
        {
            cancel.ThrowIfCancellationRequested();
            var partition = scope.Partition(day);
            folder.Remove(partition);
            if (!days.Contains(day)) continue;
            var file = folder.NewFile($"{partition}/data.parquet");
            var query = $"select {Sql.Names(shipment.Columns)} from {shipment.Relation} where {column} = {Sql.Date(day)}";
            rows += Write(database, () => ParquetFile.Copy(session, query, file, shipment.RowGroupRows, cancel));
            bytes += new FileInfo(file).Length;
        }
        return (rows, bytes);
    }

    static HashSet<DateOnly> Days(DuckSession session, string sql, CancellationToken cancel)
    {
        var days = new HashSet<DateOnly>();
        using var result = session.Query(sql, cancel);
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++) days.Add((DateOnly)chunk[0].GetValue(row)!);
        }
        return days;
    }
}
