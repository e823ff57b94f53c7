using System.Runtime.Intrinsics;
using Quern.Folding.Planning;

namespace Quern.Folding.Kernel.Lanes;

/// <summary>Divides many numbers by one, rounding down.</summary>
static unsafe class FloorDivision
{
    /// <summary>Numbers up to here are exact as doubles, and so are the products below.</summary>
    const long MostExact = 1L << 51;

    /// <summary>Divides.</summary>
    /// <param name="from">The numbers.</param>
    /// <param name="to">The quotients; may be the same memory.</param>
    /// <param name="rows">How many.</param>
    /// <param name="by">Above 0.</param>
    public static void Run(long* from, long* to, int rows, long by)
    {
        if (by == 1)
        {
            if (from != to) Buffer.MemoryCopy(from, to, (long)rows * sizeof(long), (long)rows * sizeof(long));
            return;
        }
        var i = 0;
        if (Vector512.IsHardwareAccelerated && by < MostExact)
        {
            var (most, divisor, inverse) = (Vector512.Create(MostExact), Vector512.Create((double)by), Vector512.Create(1.0 / by));
            for (; i + Vector512<long>.Count <= rows; i += Vector512<long>.Count)
            {
                var value = Vector512.Load(from + i);
                if (Vector512.GreaterThanAny(value, most) || Vector512.LessThanAny(value, -most))
                {
                    for (var k = i; k < i + Vector512<long>.Count; k++) to[k] = Buckets.FloorDivide(from[k], by);
                    continue;
                }
                // The guess is off by one at most; the remainder says which way.
                var number = Vector512.ConvertToDouble(value);
                var quotient = Vector512.Floor(number * inverse);
                var rest = number - (quotient * divisor);
                quotient += Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(rest, divisor), Vector512.Create(1.0), Vector512<double>.Zero);
                quotient -= Vector512.ConditionalSelect(Vector512.LessThan(rest, Vector512<double>.Zero), Vector512.Create(1.0), Vector512<double>.Zero);
                Vector512.ConvertToInt64(quotient).Store(to + i);
            }
        }
        for (; i < rows; i++) to[i] = Buckets.FloorDivide(from[i], by);
    }
}
