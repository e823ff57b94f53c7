using Quern.Delivery.Parquet;
using Quern.Duck;
using Quern.Files;
using Quern.Running;

namespace Quern.Delivery.Folder;

/// <summary>
/// A folder with a Parquet file for each partition: <c>source=…/year=2025/month=10/day=1/data.parquet</c>. The partitions in the
/// shipment's scope are replaced, all at once; others stay.
/// </summary>
public sealed class PartitionedFolder(string name, string path) : Destination(name, path)
{
    /// <inheritdoc/>
    public override string Kind => "folder";

    /// <inheritdoc/>
    public override string Effect => Directory.Exists(Path) ? "replaces the partitions of the run's days, others stay" : "makes the folder";

    /// <inheritdoc/>
    public override void Check() => AtomicFolder.Check(Path);

    /// <inheritdoc/>
    public override RunOutput? Deliver(DuckSession session, Shipment shipment, CancellationToken cancel)
    {
        var days = shipment.Scope.Days;
        if (days.Count == 0) return null;
        using var folder = AtomicFolder.Create(Path);
        folder.Keep("");
        long rows = 0, bytes = 0;
        foreach (var day in days)
        {
            cancel.ThrowIfCancellationRequested();
            var partition = Partition(shipment.Scope.Key, day);
            folder.Remove(partition);
            var condition = $"{Sql.Name(shipment.Scope.DayColumn)} = {Sql.Date(day)}";
            if (session.Scalar<long>($"select count(*) from {shipment.Relation} where {condition}", cancel) == 0) continue;
            var file = folder.NewFile($"{partition}/data.parquet");
            ParquetFile.Write(session, $"select {Sql.Names(shipment.Columns)} from {shipment.Relation} where {condition}", file, Name, shipment.RowGroupRows, cancel);
            rows += session.Scalar<long>($"select coalesce(sum(num_rows), 0)::bigint from parquet_file_metadata({Sql.Text(file)})", cancel);
            bytes += new FileInfo(file).Length;
        }
        Confirm(shipment.Rows, rows);
        folder.Commit();
        return new RunOutput(Name, Kind, rows, bytes);
    }

    /// <summary>Year, month and day are not padded, as in the product's own table (OpenShift specification section 4.9).</summary>
    static string Partition(string key, DateOnly day) => FormattableString.Invariant($"source={key}/year={day.Year}/month={day.Month}/day={day.Day}");
}
