namespace Quern.Csv.Scanning;

/// <summary>Finds the quote that some bytes end behind; for messages.</summary>
static class OpenQuote
{
    /// <summary>Where the quote stands that is open at the end of some bytes; -1 when none is.</summary>
    /// <param name="row">From the first byte of a row on.</param>
    /// <param name="dialect">What its cells are told apart by.</param>
    public static int In(ReadOnlySpan<byte> row, CsvDialect dialect)
    {
        var (state, open) = (CellState.Start, -1);
        for (var i = 0; i < row.Length; i++)
        {
            var b = row[i];
            if (state == CellState.Quoted)
            {
                if (b == dialect.Escape && b != dialect.Quote) i++;
                else if (b == dialect.Quote) state = CellState.Closed;
            }
            else if (b == dialect.Quote
                && (state is CellState.Start or CellState.Blank || (state == CellState.Closed && dialect.Escape == b)))
            {
                if (state != CellState.Closed) open = i;
                state = CellState.Quoted;
            }
            else if (b == dialect.Delimiter || b is (byte)'\n' or (byte)'\r')
            {
                state = CellState.Start;
            }
            else
            {
                state = b == ' ' && state == CellState.Start ? CellState.Blank : CellState.Plain;
            }
        }
        return state == CellState.Quoted ? open : -1;
    }
}
