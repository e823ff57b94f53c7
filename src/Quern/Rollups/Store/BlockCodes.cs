using System.Runtime.InteropServices;

namespace Quern.Rollups.Store;

/// <summary>Codes of a key in a block: the code of a row is <see cref="Base"/> plus a number of <see cref="Width"/> bytes.</summary>
/// <param name="width">0 (all rows have the code <paramref name="first"/>), 1, 2 or 4.</param>
/// <param name="first">The least code.</param>
/// <param name="rows">Rows.</param>
/// <param name="bytes">The numbers.</param>
readonly ref struct BlockCodes(int width, uint first, int rows, ReadOnlySpan<byte> bytes)
{
    /// <summary>Bytes a number: 0 (all rows have the code <see cref="Base"/>), 1, 2 or 4.</summary>
    public int Width { get; } = width;

    /// <summary>The least code.</summary>
    public uint Base { get; } = first;

    /// <summary>Rows of the block.</summary>
    public int Rows { get; } = rows;

    /// <summary>The numbers when <see cref="Width"/> is 1.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The numbers when <see cref="Width"/> is 2.</summary>
    public ReadOnlySpan<ushort> Shorts => MemoryMarshal.Cast<byte, ushort>(Bytes);

    /// <summary>The numbers when <see cref="Width"/> is 4.</summary>
    public ReadOnlySpan<uint> Words => MemoryMarshal.Cast<byte, uint>(Bytes);

    /// <summary>The code of a row.</summary>
    public uint this[int row] => Base + Width switch
    {
        0 => 0,
        1 => Bytes[row],
        2 => Shorts[row],
        _ => Words[row],
    };

    /// <summary>Codes of rows one after the other.</summary>
    /// <param name="from">The first row.</param>
    /// <param name="codes">As many as there is room for.</param>
    public void CopyTo(int from, Span<uint> codes)
    {
        var rows = codes.Length;
        switch (Width)
        {
            case 0:
                codes.Fill(Base);
                break;
            case 1:
                var bytes = Bytes.Slice(from, rows);
                for (var i = 0; i < codes.Length; i++) codes[i] = Base + bytes[i];
                break;
            case 2:
                var shorts = Shorts.Slice(from, rows);
                for (var i = 0; i < codes.Length; i++) codes[i] = Base + shorts[i];
                break;
            default:
                var words = Words.Slice(from, rows);
                for (var i = 0; i < codes.Length; i++) codes[i] = Base + words[i];
                break;
        }
    }
}
