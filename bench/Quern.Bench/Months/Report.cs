namespace Quern.Bench.Months;

/// <summary>One report file in the making: writes its rows in order, as many at a time as the caller has room for.</summary>
abstract class Report
{
    /// <summary>The header line, with its end.</summary>
    public abstract ReadOnlySpan<byte> Header { get; }

    /// <summary>Appends the next rows; 0 when the report is at its end.</summary>
    /// <param name="buffer">Gets whole rows until it is full.</param>
    /// <param name="mostRows">Stop after so many.</param>
    public abstract long Fill(RowBuffer buffer, long mostRows);
}
