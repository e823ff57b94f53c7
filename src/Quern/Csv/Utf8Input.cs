using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Quern.Files;

namespace Quern.Csv;

/// <summary>Text of another encoding as UTF-8, without its byte order mark.</summary>
/// <remarks>The five bytes of Windows-1252 that are no character become the control characters of their numbers, as in browsers.
/// UTF-16 that is not whole is an error.</remarks>
/// <param name="bytes">The text; closed with this stream.</param>
/// <param name="encoding">Its encoding, not UTF-8.</param>
/// <param name="name">How messages name it.</param>
sealed class Utf8Input(Stream bytes, CsvEncoding encoding, string name) : ForwardInput
{
    const int Characters = 16 << 10;

    /// <summary>Characters of Windows-1252 from 0x80 to 0x9F.</summary>
    const string Windows =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    readonly byte[] _raw = new byte[2 * Characters];
    readonly char[] _characters = new char[Characters];
    readonly byte[] _text = new byte[3 * Characters];

    // What is kept of the raw bytes for the next time, and what of the text is not handed out yet.
    int _rawBytes;
    int _textAt;
    int _textEnd;
    bool _isBigEndian;
    bool _started;
    bool _ended;
    bool _isBroken;
    long _given;

    /// <summary>Bytes of the other encoding taken so far.</summary>
    public long BytesTaken { get; private set; }

    /// <inheritdoc/>
    protected override long Given => _given;

    /// <summary>Reads the next bytes of UTF-8.</summary>
    /// <exception cref="QuernException">QN2013: UTF-16 with half a character.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (_textAt == _textEnd && (!_ended || _isBroken)) Refill();
        var count = Math.Min(buffer.Length, _textEnd - _textAt);
        _text.AsSpan(_textAt, count).CopyTo(buffer);
        _textAt += count;
        _given += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) bytes.Dispose();
        base.Dispose(disposing);
    }

    void Refill()
    {
        if (_isBroken) throw Half();
        var isWide = encoding == CsvEncoding.Utf16;
        var count = bytes.Read(_raw, _rawBytes, (isWide ? 2 * Characters : Characters) - _rawBytes);
        BytesTaken += count;
        _rawBytes += count;
        _ended = count == 0;
        if (_ended && _rawBytes == 0) return;
        if (isWide) Wide();
        else Narrow();
    }

    void Narrow()
    {
        var characters = _characters.AsSpan(0, Encoding.Latin1.GetChars(_raw.AsSpan(0, _rawBytes), _characters));
        if (encoding == CsvEncoding.Windows1252)
        {
            var rest = characters;
            while (rest.IndexOfAnyInRange('\u0080', '\u009F') is >= 0 and var at)
            {
                rest[at] = Windows[rest[at] - 0x80];
                rest = rest[(at + 1)..];
            }
        }
        Write(characters, 1);
    }

    void Wide()
    {
        var units = MemoryMarshal.Cast<byte, ushort>(_raw.AsSpan(0, _rawBytes & ~1));
        if (!_started && units.Length > 0)
        {
            _started = true;
            _isBigEndian = units[0] == 0xFFFE;
            if (units[0] is 0xFFFE or 0xFEFF)
            {
                Keep(2);
                units = MemoryMarshal.Cast<byte, ushort>(_raw.AsSpan(0, _rawBytes & ~1));
            }
        }
        var characters = _characters.AsSpan(0, units.Length);
        if (_isBigEndian) BinaryPrimitives.ReverseEndianness(units, MemoryMarshal.Cast<char, ushort>(characters));
        else units.CopyTo(MemoryMarshal.Cast<char, ushort>(characters));
        Write(characters, 2);
        if (_ended && _rawBytes > 0) throw Half();
    }

    void Write(ReadOnlySpan<char> characters, int width)
    {
        var state = Utf8.FromUtf16(characters, _text, out var read, out _textEnd, replaceInvalidSequences: false, isFinalBlock: _ended);
        _textAt = 0;
        Keep(read * width);
        // The text in front of a bad character goes out first.
        _isBroken = state == OperationStatus.InvalidData;
    }

    /// <summary>Keeps what was not taken.</summary>
    void Keep(int from)
    {
        _raw.AsSpan(from, _rawBytes - from).CopyTo(_raw);
        _rawBytes -= from;
    }

    QuernException Half() => new(new Fault("QN2013", "the file is not UTF-16")
    {
        Where = string.Create(CultureInfo.InvariantCulture, $"{name} (byte {BytesTaken - _rawBytes:N0})"),
        Value = $"half a character: {Convert.ToHexString(_raw.AsSpan(0, Math.Min(_rawBytes, 4)))}",
        Try = ["export the file again: it may have been cut short", "--encoding NAME     says what else it is"],
    });
}
