using System.Numerics;
using System.Runtime.Intrinsics;

namespace Quern.Csv.Values;

/// <summary>Takes the quotes off a cell.</summary>
/// <param name="dialect">Which bytes they are.</param>
sealed unsafe class Unquoting(CsvDialect dialect)
{
    /// <summary>Bytes behind a text that may be read.</summary>
    const int Margin = 64;

    readonly int _quote = dialect.Quote ?? -1;
    readonly byte _escape = dialect.Escape;
    byte[] _plain = [];

    /// <summary>True when a cell is quoted: its first byte is a quote, or its second behind a blank.</summary>
    public bool IsQuoted(byte* cell, int length) =>
        length > 1 && (cell[0] == _quote || (cell[0] == ' ' && cell[1] == _quote));

    /// <summary>The text of a cell that is quoted; valid until the next one; 64 bytes more may be read.</summary>
    public ReadOnlySpan<byte> Text(byte* cell, int length)
    {
        var raw = new ReadOnlySpan<byte>(cell, length).TrimEnd((byte)' ');
        raw = raw[(cell[0] == ' ' ? 2 : 1)..];
        // The machine has seen to it that a quote closes the cell.
        raw = raw[..^1];
        var first = raw.IndexOf(_escape);
        if (first < 0) return raw;
        if (_plain.Length < raw.Length + Margin) _plain = new byte[Math.Max(256, (raw.Length * 2) + Margin)];
        fixed (byte* from = raw, to = _plain) return _plain.AsSpan(0, Copy(from, raw.Length, to));
    }

    /// <summary>Copies a text without its escapes, 32 bytes at a time; that many more may be read and written behind either.</summary>
    /// <returns>Bytes that are left.</returns>
    int Copy(byte* from, int length, byte* to)
    {
        var start = to;
        var end = from + length;
        var escape = Vector256.Create(_escape);
        while (from < end)
        {
            var bytes = Vector256.Load(from);
            bytes.Store(to);
            var escapes = Vector256.Equals(bytes, escape).ExtractMostSignificantBits();
            var plain = escapes == 0 ? Vector256<byte>.Count : BitOperations.TrailingZeroCount(escapes);
            if (plain >= end - from) return (int)(to - start + (end - from));
            from += plain;
            to += plain;
            if (escapes == 0) continue;
            // The escape goes when it stands before a quote or an escape; else it is data.
            if (from + 1 < end && (from[1] == _quote || from[1] == _escape)) from++;
            *to++ = *from++;
        }
        return (int)(to - start);
    }
}
