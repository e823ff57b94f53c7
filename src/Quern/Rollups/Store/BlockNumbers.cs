using System.Runtime.InteropServices;

namespace Quern.Rollups.Store;

/// <summary>Numbers of a block: each is <see cref="Base"/> plus one of <see cref="Width"/> bytes without a sign, modulo 2^64.</summary>
/// <param name="width">0 (all are <paramref name="first"/>), 1, 2, 4, 8 or, with a base of 0, 16.</param>
/// <param name="first">What is added.</param>
/// <param name="count">How many numbers.</param>
/// <param name="bytes">The numbers.</param>
readonly ref struct BlockNumbers(int width, long first, int count, ReadOnlySpan<byte> bytes)
{
    /// <summary>Bytes a number: 0 (all are <see cref="Base"/>), 1, 2, 4, 8, or 16 (only to be had as <see cref="Whole"/>).</summary>
    public int Width { get; } = width;

    /// <summary>What is added.</summary>
    public long Base { get; } = first;

    /// <summary>How many.</summary>
    public int Count { get; } = count;

    /// <summary>The numbers when <see cref="Width"/> is 1.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The numbers when <see cref="Width"/> is 2.</summary>
    public ReadOnlySpan<ushort> Shorts => MemoryMarshal.Cast<byte, ushort>(Bytes);

    /// <summary>The numbers when <see cref="Width"/> is 4.</summary>
    public ReadOnlySpan<uint> Words => MemoryMarshal.Cast<byte, uint>(Bytes);

    /// <summary>The numbers when <see cref="Width"/> is 8.</summary>
    public ReadOnlySpan<long> Longs => MemoryMarshal.Cast<byte, long>(Bytes);

    /// <summary>The numbers when they are DOUBLE: never narrowed.</summary>
    public ReadOnlySpan<double> Doubles => MemoryMarshal.Cast<byte, double>(Bytes);

    /// <summary>A number of at most 8 bytes.</summary>
    public long this[int index] => Base + Width switch
    {
        0 => 0,
        1 => Bytes[index],
        2 => Shorts[index],
        4 => Words[index],
        _ => Longs[index],
    };

    /// <summary>A sum, whatever its width.</summary>
    public Int128 Whole(int index) => Width == 16 ? MemoryMarshal.Cast<byte, Int128>(Bytes)[index] : this[index];

    /// <summary>Numbers of at most 8 bytes, one after the other.</summary>
    /// <param name="from">The first.</param>
    /// <param name="numbers">As many as there is room for.</param>
    public void CopyTo(int from, Span<long> numbers)
    {
        var count = numbers.Length;
        switch (Width)
        {
            case 0:
                numbers.Fill(Base);
                break;
            case 1:
                var bytes = Bytes.Slice(from, count);
                for (var i = 0; i < numbers.Length; i++) numbers[i] = Base + bytes[i];
                break;
            case 2:
                var shorts = Shorts.Slice(from, count);
                for (var i = 0; i < numbers.Length; i++) numbers[i] = Base + shorts[i];
                break;
            case 4:
                var words = Words.Slice(from, count);
                for (var i = 0; i < numbers.Length; i++) numbers[i] = Base + words[i];
                break;
            default:
                var longs = Longs.Slice(from, count);
                for (var i = 0; i < numbers.Length; i++) numbers[i] = Base + longs[i];
                break;
        }
    }
}
