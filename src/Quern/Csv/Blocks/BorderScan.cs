using Quern.Csv.Scanning;

namespace Quern.Csv.Blocks;

/// <summary>Finds what stands behind some bytes without looking for their cells.</summary>
static unsafe class BorderScan
{
    /// <summary>True when the bytes may change between quoted and not, or between comments and rows.</summary>
    public static bool HasQuotes(ReadOnlySpan<byte> bytes, CsvDialect dialect) =>
        dialect.Comment is not null ||
        dialect.Quote is { } quote && (dialect.Escape == quote ? bytes.Contains(quote) : bytes.ContainsAny(quote, dialect.Escape));

    /// <summary>The border behind the bytes.</summary>
    /// <param name="machine">A machine of the file.</param>
    /// <param name="bytes">At least one, with 64 more that may be read.</param>
    /// <param name="before">The border in front of them.</param>
    /// <param name="hasQuotes">What <see cref="HasQuotes"/> says.</param>
    public static Border Behind(CellMachine machine, ReadOnlySpan<byte> bytes, Border before, bool hasQuotes)
    {
        (machine.State, machine.AfterReturn, machine.IsRowStart) = (before.State, before.AfterReturn, before.IsRowStart);
        var start = 0;
        if (!hasQuotes && bytes.Length > ByteMasks.Width && machine.State != CellState.Escaped)
        {
            if (machine.State == CellState.Quoted) return before with { IsRowStart = false };
            // Outside quotes the last two bytes say it all.
            start = bytes.Length - ByteMasks.Width;
            (machine.State, machine.AfterReturn) = (CellState.Plain, false);
        }
        fixed (byte* first = bytes)
        {
            var whole = (bytes.Length - start - 1) / ByteMasks.Width;
            machine.Pass(first + start, whole);
            start += whole * ByteMasks.Width;
            var count = bytes.Length - start;
            machine.Step(first + start, count);
            machine.Settle(first + bytes.Length);
            return new(machine.State, machine.AfterReturn, (machine.Ends >> (count - 1) & 1) != 0);
        }
    }
}
