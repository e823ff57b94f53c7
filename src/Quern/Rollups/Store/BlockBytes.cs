using System.Numerics;
using System.Runtime.InteropServices;

namespace Quern.Rollups.Store;

/// <summary>Writes the columns of a block one after the other, and what the directory says of them.</summary>
/// <param name="columns">How many columns a block has.</param>
sealed class BlockBytes(int columns)
{
    readonly GrainFormat.Column[] _entries = new GrainFormat.Column[columns];
    byte[] _bytes = [];
    int _length;
    int _column;

    /// <summary>The block.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Its columns.</summary>
    public ReadOnlySpan<GrainFormat.Column> Entries => _entries;

    /// <summary>Begins another block.</summary>
    public void Clear()
    {
        _length = 0;
        _column = 0;
        Array.Clear(_entries);
    }

    /// <summary>Codes of a key.</summary>
    public void Codes(ReadOnlySpan<uint> codes)
    {
        var (least, greatest) = Narrowing.Range(codes);
        var width = Narrowing.Width(greatest - least);
        Narrowing.Write(codes, least, width, Take(codes.Length, width, least));
        (_entries[_column - 1].Low, _entries[_column - 1].High) = (least, greatest);
    }

    /// <summary>Counts, least and greatest values.</summary>
    public void Numbers(ReadOnlySpan<long> values)
    {
        if (values.IsEmpty)
        {
            Take(0, 0, 0);
            return;
        }
        var (least, greatest) = Narrowing.Range(values);
        var width = Narrowing.Width(unchecked((ulong)greatest - (ulong)least));
        if (width == 8) least = 0;
        Narrowing.Write(values, least, width, Take(values.Length, width, least));
    }

    /// <summary>Numbers that stay as they are.</summary>
    public void Doubles(ReadOnlySpan<double> values) => MemoryMarshal.AsBytes(values).CopyTo(Take(values.Length, sizeof(double), 0));

    /// <summary>Sums of whole numbers.</summary>
    /// <param name="values">The sums.</param>
    /// <param name="narrow">Room for as many.</param>
    public void Wholes(ReadOnlySpan<Int128> values, Span<long> narrow)
    {
        for (var i = 0; i < values.Length; i++)
        {
            narrow[i] = unchecked((long)values[i]);
            if (narrow[i] == values[i]) continue;
            MemoryMarshal.AsBytes(values).CopyTo(Take(values.Length, 2 * sizeof(long), 0));
            return;
        }
        Numbers(narrow[..values.Length]);
    }

    /// <summary>Which rows have a value.</summary>
    /// <param name="bits">A bit a row.</param>
    /// <param name="rows">Rows of the block.</param>
    /// <param name="present">How many bits are set.</param>
    public void Presence(ReadOnlySpan<ulong> bits, int rows, int present)
    {
        var words = (rows + 63) / 64;
        var kind = present == 0 ? GrainFormat.Presence.None : present == rows ? GrainFormat.Presence.All : GrainFormat.Presence.Bits;
        var to = TakeBytes(kind == GrainFormat.Presence.Bits ? words * (sizeof(ulong) + sizeof(ushort)) : 0, present, 0, 0);
        _entries[_column - 1].Presence = kind;
        if (to.IsEmpty) return;
        MemoryMarshal.AsBytes(bits[..words]).CopyTo(to);
        var ranks = MemoryMarshal.Cast<byte, ushort>(to[(words * sizeof(ulong))..]);
        var before = 0;
        for (var i = 0; i < words; i++)
        {
            ranks[i] = (ushort)before;
            before += BitOperations.PopCount(bits[i]);
        }
    }

    /// <summary>Sketches: where each ends, then all of them.</summary>
    public void Sketches(ReadOnlySpan<byte[]> sketches)
    {
        var bytes = 0;
        foreach (var sketch in sketches) bytes = checked(bytes + sketch.Length);
        var to = TakeBytes(checked((sketches.Length * sizeof(uint)) + bytes), sketches.Length, 0, 0);
        var ends = MemoryMarshal.Cast<byte, uint>(to)[..sketches.Length];
        to = to[(sketches.Length * sizeof(uint))..];
        var end = 0;
        for (var i = 0; i < sketches.Length; i++)
        {
            sketches[i].CopyTo(to[end..]);
            end += sketches[i].Length;
            ends[i] = (uint)end;
        }
    }

    Span<byte> Take(int count, int width, long first) => TakeBytes(count * width, count, width, first);

    /// <summary>Room for the next column; zeros up to where the one after it begins.</summary>
    Span<byte> TakeBytes(int bytes, int count, int width, long first)
    {
        var offset = _length;
        _length = checked((int)GrainFormat.Align(offset + bytes));
        if (_length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_length, (int)Math.Min(2L * _bytes.Length, Array.MaxLength)));
        _bytes.AsSpan(offset + bytes, _length - offset - bytes).Clear();
        _entries[_column++] = new() { Base = first, Offset = (uint)offset, Bytes = (uint)bytes, Count = count, Width = (byte)width };
        return _bytes.AsSpan(offset, bytes);
    }
}
