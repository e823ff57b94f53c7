using Quern.Duck;

namespace Quern.Delivery.Parquet;

/// <summary>A Parquet file, replaced whole.</summary>
/// <param name="name">The place as the user wrote it.</param>
/// <param name="path">Its absolute path.</param>
/// <param name="codec">How it is compressed; default: zstd.</param>
sealed class ParquetFile(string name, string path, ParquetCodec? codec = null) : FileDestination(name, path)
{
    /// <inheritdoc/>
    public override string Kind => "parquet";

    private protected override long Copy(DuckSession session, string query, string path, Shipment shipment, CancellationToken cancel) =>
        Copy(session, query, path, shipment.RowGroupRows, cancel, codec);

    /// <summary>Writes a query's rows, in their order, as one Parquet file.</summary>
    /// <returns>The rows that its footer says it has.</returns>
    internal static long Copy(
        DuckSession session, string query, string path, int rowGroupRows, CancellationToken cancel, ParquetCodec? codec = null)
    {
        var form = FormattableString.Invariant($"format parquet, {(codec ?? new ParquetCodec()).Sql}, row_group_size {rowGroupRows}");
        session.Execute($"copy ({query}) to {Sql.Text(path)} ({form})", cancel);
        var count = $"select coalesce(sum(num_rows), 0)::bigint from parquet_file_metadata({Sql.File(path)})";
        return session.Scalar<long>(count, cancel);
    }
}
