using Quern.Chunks;
using Quern.Rollups.Answering;

namespace Quern.Rollups;

/// <summary>The answer to a query: all of it in memory, column by column.</summary>
public sealed class QueryResult
{
    internal QueryResult(IReadOnlyList<string> headers, IReadOnlyList<ResultColumn> values, string answeredBy, long rowsRead)
    {
        Values = values;
        Columns = [.. headers.Select((h, i) => new Column(h, values[i].Type))];
        AnsweredBy = answeredBy;
        RowsRead = rowsRead;
        Rows = values[0].Rows;
    }

    /// <summary>Names and types, in the order of the query; names may repeat.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>How many rows.</summary>
    public int Rows { get; }

    /// <summary>The grain that answered, or <c>fallback</c>.</summary>
    public string AnsweredBy { get; }

    /// <summary>Rows of the grain that were looked at; -1 for the fallback.</summary>
    public long RowsRead { get; }

    /// <summary>A value: long, Int128, double, decimal, bool, string, DateOnly, DateTime in the zone of the fold; null for NULL.</summary>
    public object? this[int row, int column] => Values[column].Value(row);

    internal IReadOnlyList<ResultColumn> Values { get; }

    /// <summary>Writes CSV: a header, then rows; LF, quotes only where needed, shortest numbers that read back the same, NULL as nothing.</summary>
    public void WriteCsv(Stream to) => ResultText.Csv(this, to);

    /// <summary>Writes JSON: a list of objects.</summary>
    public void WriteJson(Stream to) => ResultText.Json(this, to);

    /// <summary>Writes an Arrow IPC file.</summary>
    public void WriteArrow(Stream to) => ResultArrow.Write(this, to);
}
