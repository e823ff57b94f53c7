using System.Numerics;
using Quern.Arrow.Buffers;

namespace Quern.Delivery.Parquet.Encoding;

/// <summary>Which rows of a column have a value: what Parquet calls definition levels.</summary>
sealed unsafe class Levels : IDisposable
{
    readonly NativeBuffer _bits = new();

    /// <summary>Rows so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Those without a value.</summary>
    public int Nulls { get; private set; }

    /// <summary>Memory that it holds.</summary>
    public long HeldBytes => _bits.HeldBytes;

    /// <summary>Adds rows.</summary>
    /// <param name="validity">A bit for each row, 1 for a value; null when all have one.</param>
    /// <param name="from">The first of them.</param>
    /// <param name="count">How many.</param>
    public void Append(ulong* validity, int from, int count)
    {
        if (validity is not null && CountOnes(validity, from, count) == count) validity = null;
        if (validity is null && Nulls == 0)
        {
            Rows += count;
            return;
        }
        if (Nulls == 0)
        {
            // Until now every row had a value, so nobody wrote that down.
            Ones(0, Rows);
        }
        var words = (Rows + count + 63) / 64;
        if (words * sizeof(ulong) > _bits.Length) _bits.AppendZeros((words * sizeof(ulong)) - _bits.Length);
        if (validity is null)
        {
            Ones(Rows, count);
        }
        else
        {
            var bits = (ulong*)_bits.First;
            for (var done = 0; done < count; done += 64)
            {
                var more = Math.Min(64, count - done);
                var word = Take(validity, from + done, more);
                var (at, shift) = ((Rows + done) >> 6, (Rows + done) & 63);
                bits[at] |= word << shift;
                if (shift + more > 64) bits[at + 1] |= word >> (64 - shift);
                Nulls += more - BitOperations.PopCount(word);
            }
        }
        Rows += count;
    }

    /// <summary>Rows with a value among some.</summary>
    public int Values(int from, int count) => Nulls == 0 ? count : CountOnes((ulong*)_bits.First, from, count);

    /// <summary>Appends the levels of some rows, with their length in front, as a page of version 1 has them.</summary>
    /// <param name="to">Where they go.</param>
    /// <param name="from">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="scratch">Used on the way.</param>
    public void Write(NativeBuffer to, int from, int count, NativeBuffer scratch)
    {
        var start = to.Length;
        to.AppendZeros(sizeof(int));
        if (Nulls == 0)
        {
            HybridRuns.Repeat(to, 1, count, 1);
        }
        else
        {
            scratch.Cut();
            var words = (ulong*)scratch.Reserve(((count + 63) / 64 * sizeof(ulong)) + sizeof(ulong));
            for (var done = 0; done < count; done += 64) words[done / 64] = Take((ulong*)_bits.First, from + done, Math.Min(64, count - done));
            HybridRuns.AppendBits(to, (byte*)words, count);
        }
        *(int*)(to.First + start) = to.Length - start - sizeof(int);
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        _bits.Cut();
        (Rows, Nulls) = (0, 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _bits.Dispose();

    /// <summary>Up to 64 bits from any place on.</summary>
    static ulong Take(ulong* bits, int from, int count)
    {
        var (at, shift) = (from >> 6, from & 63);
        var word = bits[at] >> shift;
        if (shift + count > 64) word |= bits[at + 1] << (64 - shift);
        return count == 64 ? word : word & ((1UL << count) - 1);
    }

    static int CountOnes(ulong* bits, int from, int count)
    {
        var ones = 0;
        for (var done = 0; done < count; done += 64) ones += BitOperations.PopCount(Take(bits, from + done, Math.Min(64, count - done)));
        return ones;
    }

    void Ones(int from, int count)
    {
        var words = (from + count + 63) / 64;
        if (words * sizeof(ulong) > _bits.Length) _bits.AppendZeros((words * sizeof(ulong)) - _bits.Length);
        var bits = (ulong*)_bits.First;
        for (var done = 0; done < count;)
        {
            var (at, shift) = ((from + done) >> 6, (from + done) & 63);
            var more = Math.Min(64 - shift, count - done);
            bits[at] |= (more == 64 ? ulong.MaxValue : (1UL << more) - 1) << shift;
            done += more;
        }
    }
}
