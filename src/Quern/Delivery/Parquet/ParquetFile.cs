using Quern.Duck;

namespace Quern.Delivery.Parquet;

/// <summary>A Parquet file (ZSTD), replaced whole.</summary>
sealed class ParquetFile(string name, string path) : FileDestination(name, path)
{
    /// <inheritdoc/>
    public override string Kind => "parquet";

    private protected override long Copy(DuckSession session, string query, string path, Shipment shipment, CancellationToken cancel) =>
        Copy(session, query, path, shipment.RowGroupRows, cancel);

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
