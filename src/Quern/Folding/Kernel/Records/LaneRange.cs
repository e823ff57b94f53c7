using System.Runtime.Intrinsics;
using Quern.Folding.Kernel.Lanes;

namespace Quern.Folding.Kernel.Records;

/// <summary>The least and the greatest of many values.</summary>
static unsafe class LaneRange
{
    /// <summary>Of the rows that are not NULL; the first is greater when there is none.</summary>
    /// <param name="values">The values.</param>
    /// <param name="nulls">Which are NULL; null for none.</param>
    /// <param name="rows">How many.</param>
    /// <param name="selected">The rows that count; null for all.</param>
    public static (long First, long Last) Of(long* values, Lane? nulls, int rows, int* selected)
    {
        var (first, last) = (long.MaxValue, long.MinValue);
        if (nulls is { HasNulls: true } || selected is not null)
        {
            for (var i = 0; i < rows; i++)
            {
                var row = selected is null ? i : selected[i];
                if (nulls is { HasNulls: true } && nulls.IsNull(row)) continue;
                first = Math.Min(first, values[row]);
                last = Math.Max(last, values[row]);
            }
            return (first, last);
        }
        var at = 0;
        if (rows >= Vector512<long>.Count)
        {
            var (low, high) = (Vector512.Create(first), Vector512.Create(last));
            for (; at + Vector512<long>.Count <= rows; at += Vector512<long>.Count)
            {
                var some = Vector512.Load(values + at);
                (low, high) = (Vector512.Min(low, some), Vector512.Max(high, some));
            }
            for (var i = 0; i < Vector512<long>.Count; i++) (first, last) = (Math.Min(first, low[i]), Math.Max(last, high[i]));
        }
        for (; at < rows; at++) (first, last) = (Math.Min(first, values[at]), Math.Max(last, values[at]));
        return (first, last);
    }
}
