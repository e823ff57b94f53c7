using System.Buffers.Text;
using System.Diagnostics;

namespace Quern.Bench.Events;

/// <summary>Writes the cells of a row.</summary>
/// <param name="buffer">Where; a row fits.</param>
ref struct EventCells(Span<byte> buffer)
{
    readonly Span<byte> _buffer = buffer;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    public void Byte(byte value) => _buffer[Length++] = value;

    public void Text(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer[Length..]);
        Length += text.Length;
    }

    /// <summary>A text, between quotes or not.</summary>
    public void Text(ReadOnlySpan<byte> text, bool quoted)
    {
        if (quoted) Byte((byte)'"');
        Text(text);
        if (quoted) Byte((byte)'"');
    }

    public void Whole(ulong value)
    {
        var fits = Utf8Formatter.TryFormat(value, _buffer[Length..], out var written);
        Debug.Assert(fits, "a row fits");
        Length += written;
    }

    /// <summary>A number of fixed point without zeros at its end, with at least one decimal: 3.25, 7.0, 0.5.</summary>
    /// <param name="units">The number in units of the last decimal.</param>
    /// <param name="decimals">How many decimals.</param>
    public void Fixed(long units, int decimals)
    {
        if (units < 0)
        {
            Byte((byte)'-');
            units = -units;
        }
        var scale = 1L;
        for (var i = 0; i < decimals; i++) scale *= 10;
        Whole((ulong)(units / scale));
        Byte((byte)'.');
        var rest = units % scale;
        for (var i = decimals - 1; i >= 0; i--, rest /= 10) _buffer[Length + i] = (byte)('0' + (rest % 10));
        while (decimals > 1 && _buffer[Length + decimals - 1] == '0') decimals--;
        Length += decimals;
    }

    /// <summary>A random UUID (version 4).</summary>
    public void Uuid(ulong high, ulong low)
    {
        Hex(high >> 32, 8);
        Byte((byte)'-');
        Hex(high >> 16, 4);
        Byte((byte)'-');
        Hex((high & 0x0fff) | 0x4000, 4);
        Byte((byte)'-');
        Hex(((low >> 48) & 0x3fff) | 0x8000, 4);
        Byte((byte)'-');
        Hex(low, 12);
    }

    void Hex(ulong value, int digits)
    {
        for (var i = digits - 1; i >= 0; i--) Byte("0123456789abcdef"u8[(int)(value >> (4 * i)) & 15]);
    }
}
