using System.Buffers;
using System.Buffers.Text;

namespace Quern.Bench.Months;

/// <summary>Bytes of CSV rows on their way to a file. Fixed size; the filler asks <see cref="HasRoom"/> before each row.</summary>
sealed class RowBuffer(int size = 4 << 20)
{
    // Longest row any report can write: labels of 8 keys on two columns and names stay well below.
    const int LongestRow = 8 << 10;
    readonly byte[] _bytes = new byte[size + LongestRow];
    int _length;

    /// <summary>Whether one more row fits.</summary>
    public bool HasRoom => _length < size;

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _length = 0;

    /// <summary>Text as it is.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>One byte.</summary>
    public void Add(byte one) => _bytes[_length++] = one;

    /// <summary>A whole number.</summary>
    public void Add(long number)
    {
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(_length), out var written);
        _length += written;
    }

    /// <summary>A whole number with leading zeros up to <paramref name="digits"/>.</summary>
    public void AddPadded(ulong number, byte digits)
    {
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(_length), out var written, new StandardFormat('D', digits));
        _length += written;
    }
}
