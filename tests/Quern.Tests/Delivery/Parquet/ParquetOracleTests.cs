using Quern.Delivery.Parquet;
using Quern.Tests.Arrow;

namespace Quern.Tests.Delivery.Parquet;

/// <summary>Polars reads what our own writer makes; of UUIDs its JavaScript has no form.</summary>
public sealed class ParquetOracleTests : IDisposable
{
    readonly ParquetDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData(122_880, 1 << 20, 3)]
    [InlineData(999, 700, null)]
    public void Polars_reads_all_types(int rowGroup, int page, int? level) => Compare(
        $"select if(i % 7 = 3, NULL, columns(* exclude (i, id))) from (select i, {AllTypes.Between} from range(5000) r(i))",
        new ParquetOptions { RowGroupRows = rowGroup, PageBytes = page, ZstdLevel = level });

    [Fact]
    public void Polars_reads_all_encodings() => Compare(
        """
        select i, i % 5 as few, i // 1000 as runs, hash(i)::double / 1e9 as split, (hash(i) % 40000)::double as plain, hash(i) as wide,
            make_timestamp(i * 1000000 + (hash(i) % 1000)::bigint) as steps, 'text ' || i as texts, 'text ' || i % 9 as again,
            (hash(i) % 1000000)::integer - 500000 as small, if(i > 3, NULL, i) as nearly, NULL::double as none, NULL::varchar as nobody
        from range(40000) r(i)
        """,
        new ParquetOptions());

    void Compare(string query, ParquetOptions options)
    {
        _desk.Write(query, options);
        ArrowOracleTests.AssertPolarsReads(_desk.Path, _desk.Session, query);
    }
}
