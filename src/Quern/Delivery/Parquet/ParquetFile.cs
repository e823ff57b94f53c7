using Quern.Chunks;
using Quern.Delivery.Parquet.Feeding;
using Quern.Duck;
using Quern.Files;

namespace Quern.Delivery.Parquet;

/// <summary>A Parquet file, replaced whole.</summary>
/// <param name="name">The place as the user wrote it.</param>
/// <param name="path">Its absolute path.</param>
/// <param name="codec">How it is compressed; default: zstd.</param>
sealed class ParquetFile(string name, string path, ParquetCodec? codec = null) : FileDestination(name, path)
{
    /// <inheritdoc/>
    public override string Kind => "parquet";

    private protected override long Copy(DuckSession session, string query, string path, Shipment shipment, CancellationToken cancel)
    {
        if (shipment.Csv is not { } feed) return Copy(session, query, path, shipment.RowGroupRows, cancel, codec);
        try
        {
            var all = feed.Read.Schema;
            var schema = new Schema([.. feed.Columns.Zip(shipment.Columns, (c, name) => new Column(name, all[c].Type))]);
            using var writer = new ParquetWriter(path, schema, Options(shipment));
            new CsvWork(feed, writer, cancel).Run();
            writer.Complete();
        }
        catch (IOException e) when (OutputFaults.DiskFull(e, Path, Name) is { } full)
        {
            throw full;
        }
        return Rows(session, path, cancel);
    }

    /// <summary>How our own writer makes it; null when it cannot.</summary>
    internal ParquetOptions? Options(Shipment shipment) => codec switch
    {
        null or { Name: "zstd" } => new() { RowGroupRows = shipment.RowGroupRows, ZstdLevel = codec?.Level ?? ParquetOptions.UsualLevel },
        { Name: "none" } => new() { RowGroupRows = shipment.RowGroupRows, ZstdLevel = null },
        _ => null,
    };

    /// <summary>Writes a query's rows, in their order, as one Parquet file.</summary>
    /// <returns>The rows that its footer says it has.</returns>
    internal static long Copy(
        DuckSession session, string query, string path, int rowGroupRows, CancellationToken cancel, ParquetCodec? codec = null)
    {
        var form = FormattableString.Invariant($"format parquet, {(codec ?? new ParquetCodec()).Sql}, row_group_size {rowGroupRows}");
        session.Execute($"copy ({query}) to {Sql.Text(path)} ({form})", cancel);
        return Rows(session, path, cancel);
    }

    static long Rows(DuckSession session, string path, CancellationToken cancel) => session.Scalar<long>(
        $"select coalesce(sum(num_rows), 0)::bigint from parquet_file_metadata({Sql.File(path)})", cancel);
}
