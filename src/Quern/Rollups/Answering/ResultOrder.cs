namespace Quern.Rollups.Answering;

/// <summary>Sorts the rows of a result: a radix sort of each key, from the last to the first, which leaves rows with equal keys in the order they
/// had. NULL comes last, ascending and descending.</summary>
static class ResultOrder
{
    /// <summary>Rows in the order of columns.</summary>
    /// <param name="rows">The rows, in the order of those that are equal.</param>
    /// <param name="by">Columns, the first first, and whether the greatest come first.</param>
    public static int[] Sort(int[] rows, IReadOnlyList<(ResultColumn Column, bool IsDescending)> by)
    {
        for (var i = by.Count - 1; i >= 0; i--)
        {
            var (column, isDescending) = by[i];
            foreach (var keys in column.SortKeys().Reverse()) rows = Pass(rows, keys, isDescending);
            rows = [.. rows.Where(r => !column.IsNull(r)), .. rows.Where(column.IsNull)];
        }
        return rows;
    }

    static int[] Pass(int[] rows, ulong[] keys, bool isDescending)
    {
        var differ = 0UL;
        foreach (var row in rows) differ |= keys[row] ^ keys[rows[0]];
        var other = new int[rows.Length];
        Span<int> starts = stackalloc int[256];
        for (var shift = 0; shift < 64; shift += 8)
        {
            if (((differ >> shift) & 0xFF) == 0) continue;
            starts.Clear();
            var flip = isDescending ? 0xFFUL : 0;
            foreach (var row in rows) starts[(int)(((keys[row] >> shift) & 0xFF) ^ flip)]++;
            var next = 0;
            for (var i = 0; i < starts.Length; i++) (starts[i], next) = (next, next + starts[i]);
            foreach (var row in rows) other[starts[(int)(((keys[row] >> shift) & 0xFF) ^ flip)]++] = row;
            (rows, other) = (other, rows);
        }
        return rows;
    }
}
