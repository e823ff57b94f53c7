using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quern.Rollups.Store;

/// <summary>Numbers as their distance from the least of them, in as few bytes as all of them need.</summary>
static class Narrowing
{
    /// <summary>The least and the greatest.</summary>
    /// <param name="values">At least one.</param>
    public static (T Least, T Greatest) Range<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IComparable<T>
    {
        var (least, greatest) = (values[0], values[0]);
        if (Vector256.IsHardwareAccelerated && values.Length >= Vector256<T>.Count)
        {
            var vectors = MemoryMarshal.Cast<T, Vector256<T>>(values);
            var (low, high) = (vectors[0], vectors[0]);
            foreach (var vector in vectors) (low, high) = (Vector256.Min(low, vector), Vector256.Max(high, vector));
            for (var i = 0; i < Vector256<T>.Count; i++) Widen(low[i], high[i]);
            values = values[(vectors.Length * Vector256<T>.Count)..];
        }
        foreach (var value in values) Widen(value, value);
        return (least, greatest);

        void Widen(T low, T high)
        {
            if (low.CompareTo(least) < 0) least = low;
            if (high.CompareTo(greatest) > 0) greatest = high;
        }
    }

    /// <summary>Bytes that a distance needs: 0, 1, 2, 4 or 8.</summary>
    public static int Width(ulong greatest) => greatest switch
    {
        0 => 0,
        <= byte.MaxValue => 1,
        <= ushort.MaxValue => 2,
        <= uint.MaxValue => 4,
        _ => 8,
    };

    /// <summary>Writes codes.</summary>
    /// <param name="codes">At least <paramref name="least"/> each.</param>
    /// <param name="least">The least one.</param>
    /// <param name="width">0, 1, 2 or 4: enough for all.</param>
    /// <param name="bytes">Room for them.</param>
    public static void Write(ReadOnlySpan<uint> codes, uint least, int width, Span<byte> bytes)
    {
        if (width == 1) Bytes(codes, least, bytes);
        else if (width == 2) Shorts(codes, least, MemoryMarshal.Cast<byte, ushort>(bytes));
        else if (width == 4) Words(codes, least, MemoryMarshal.Cast<byte, uint>(bytes));
    }

    /// <summary>Writes numbers.</summary>
    /// <param name="values">At least <paramref name="least"/> each.</param>
    /// <param name="least">The least one; 0 with a width of 8.</param>
    /// <param name="width">0, 1, 2, 4 or 8: enough for all.</param>
    /// <param name="bytes">Room for them.</param>
    public static void Write(ReadOnlySpan<long> values, long least, int width, Span<byte> bytes)
    {
        if (width is 0) return;
        if (width == 8)
        {
            MemoryMarshal.AsBytes(values).CopyTo(bytes);
            return;
        }
        Span<uint> words = stackalloc uint[Piece];
        for (var at = 0; at < values.Length; at += Piece)
        {
            var piece = values[at..Math.Min(at + Piece, values.Length)];
            Narrow(piece, least, words);
            Write(words[..piece.Length], 0, width, bytes[(at * width)..]);
        }
    }

    /// <summary>Numbers that are narrowed at once on their way from 8 bytes.</summary>
    const int Piece = 512;

    static void Narrow(ReadOnlySpan<long> values, long least, Span<uint> words)
    {
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var from = MemoryMarshal.Cast<long, Vector256<long>>(values);
            var to = MemoryMarshal.Cast<uint, Vector256<uint>>(words);
            var low = Vector256.Create(least);
            for (var v = 0; v + 2 <= from.Length; v += 2)
                to[v / 2] = Vector256.Narrow((from[v] - low).AsUInt64(), (from[v + 1] - low).AsUInt64());
            i = from.Length / 2 * Vector256<uint>.Count;
        }
        for (; i < values.Length; i++) words[i] = (uint)(values[i] - least);
    }

    static void Bytes(ReadOnlySpan<uint> codes, uint least, Span<byte> bytes)
    {
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var from = MemoryMarshal.Cast<uint, Vector256<uint>>(codes);
            var to = MemoryMarshal.Cast<byte, Vector256<byte>>(bytes);
            var low = Vector256.Create(least);
            for (var v = 0; v + 4 <= from.Length; v += 4)
            {
                to[v / 4] = Vector256.Narrow(
                    Vector256.Narrow(from[v] - low, from[v + 1] - low), Vector256.Narrow(from[v + 2] - low, from[v + 3] - low));
            }
            i = from.Length / 4 * Vector256<byte>.Count;
        }
        for (; i < codes.Length; i++) bytes[i] = (byte)(codes[i] - least);
    }

    static void Shorts(ReadOnlySpan<uint> codes, uint least, Span<ushort> shorts)
    {
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var from = MemoryMarshal.Cast<uint, Vector256<uint>>(codes);
            var to = MemoryMarshal.Cast<ushort, Vector256<ushort>>(shorts);
            var low = Vector256.Create(least);
            for (var v = 0; v + 2 <= from.Length; v += 2) to[v / 2] = Vector256.Narrow(from[v] - low, from[v + 1] - low);
            i = from.Length / 2 * Vector256<ushort>.Count;
        }
        for (; i < codes.Length; i++) shorts[i] = (ushort)(codes[i] - least);
    }

    static void Words(ReadOnlySpan<uint> codes, uint least, Span<uint> words)
    {
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var from = MemoryMarshal.Cast<uint, Vector256<uint>>(codes);
            var to = MemoryMarshal.Cast<uint, Vector256<uint>>(words);
            var low = Vector256.Create(least);
            for (var v = 0; v < from.Length; v++) to[v] = from[v] - low;
            i = from.Length * Vector256<uint>.Count;
        }
        for (; i < codes.Length; i++) words[i] = codes[i] - least;
    }
}
