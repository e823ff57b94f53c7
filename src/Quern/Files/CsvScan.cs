using System.Text;

namespace Quern.Files;

/// <summary>
/// Reads CSV records one after the other for looks and for error messages, where knowing the exact place matters more
/// than speed: RFC 4180 quotes, comma, LF or CRLF, a UTF-8 byte order mark skipped. A state machine over bytes, so a
/// buffer may end anywhere, between CR and LF or between two quotes; runs without a special byte are skipped with a
/// vectorised search. Memory: one buffer, and the fields that were asked for.
/// </summary>
/// <remarks>
/// Outside RFC 4180 it is lenient: a quote inside an unquoted field is data, text after a closing quote is data, a lone
/// CR is data, and a quote that is never closed ends with the file.
/// </remarks>
sealed class CsvScan : IDisposable
{
    enum State
    {
        FieldStart,
        Plain,
        CarriageReturn,
        Quoted,
        QuoteInQuoted,
    }

    readonly Stream _stream;
    readonly byte[] _buffer;
    readonly int? _onlyColumn;
    readonly int _limitBytes;
    readonly MemoryStream _raw = new();
    readonly List<int> _ends = [];
    int _at;
    int _filled;
    bool _started;
    long _bufferOffset;
    long _nextLine = 1;

    /// <param name="content">Uncompressed bytes; disposed with the scan.</param>
    /// <param name="onlyColumn">Keep the text of this column only (from 0); null keeps all.</param>
    /// <param name="limitBytes">Kept text of one record beyond this is dropped and <see cref="IsTooLong"/> is
    /// set.</param>
    /// <param name="bufferBytes">Size of the reads.</param>
    internal CsvScan(Stream content, int? onlyColumn = null, int limitBytes = 1 << 20, int bufferBytes = 1 << 16)
    {
        _stream = content;
        _buffer = new byte[Math.Max(3, bufferBytes)];
        _onlyColumn = onlyColumn;
        _limitBytes = limitBytes;
    }

    /// <summary>Physical line where the record starts, from 1.</summary>
    internal long Line { get; private set; }

    /// <summary>Byte of the uncompressed content where the record starts, from 0; a byte order mark counts.</summary>
    internal long ByteOffset { get; private set; }

    /// <summary>Fields of the record, kept or not.</summary>
    internal int FieldCount { get; private set; }

    /// <summary>How the record ends: 1 byte for LF, 2 for CRLF, 0 where the file ends without either.</summary>
    internal int LineEndBytes { get; private set; }

    /// <summary>The record has no byte between its line ends.</summary>
    internal bool IsBlank { get; private set; }

    /// <summary>Text was dropped because the record is longer than the limit.</summary>
    internal bool IsTooLong { get; private set; }

    /// <summary>The file ended inside quotes.</summary>
    internal bool IsOpenQuoted { get; private set; }

    /// <summary>Number of fields whose text was kept.</summary>
    internal int KeptCount => _ends.Count;

    /// <summary>A kept field as it stands in the file, quotes included.</summary>
    internal ReadOnlySpan<byte> Raw(int kept)
    {
        var start = kept == 0 ? 0 : _ends[kept - 1];
        return _raw.GetBuffer().AsSpan(start, _ends[kept] - start);
    }

    /// <summary>The text of a kept field, quotes removed; bytes that are not UTF-8 become U+FFFD.</summary>
    internal string Text(int kept) => Text(Raw(kept));

    /// <summary>The text of a raw field, quotes removed.</summary>
    internal static string Text(ReadOnlySpan<byte> raw)
    {
        if (!raw.StartsWith((byte)'"')) return Encoding.UTF8.GetString(raw);
        var text = new byte[raw.Length];
        var length = 0;
        var quoted = true;
        for (var i = 1; i < raw.Length; i++)
        {
            if (quoted && raw[i] == '"')
            {
                quoted = i + 1 < raw.Length && raw[i + 1] == '"';
                if (!quoted) continue;
                i++;
            }
            text[length++] = raw[i];
        }
        return Encoding.UTF8.GetString(text, 0, length);
    }

    /// <summary>Moves to the next record; false at the end of the file.</summary>
    internal bool Read()
    {
        if (!_started) SkipMark();
        if (_at == _filled && !Fill()) return false;
        Line = _nextLine;
        ByteOffset = _bufferOffset + _at;
        FieldCount = 0;
        IsTooLong = IsOpenQuoted = false;
        _raw.SetLength(0);
        _ends.Clear();
        var state = State.FieldStart;
        var length = 0L;
        do
        {
            var bytes = _buffer.AsSpan(_at, _filled - _at);
            var used = Run(bytes, ref state, out var done);
            _at += used;
            length += used;
            if (!done) continue;
            IsBlank = length == LineEndBytes;
            return true;
        }
        while (Fill());
        IsOpenQuoted = state == State.Quoted;
        if (state == State.CarriageReturn) Keep("\r"u8);
        IsBlank = false;
        LineEndBytes = 0;
        EndField();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    /// <summary>
    /// Runs the machine over <paramref name="bytes"/> until a record is done; returns how many were used.
    /// </summary>
    int Run(ReadOnlySpan<byte> bytes, ref State state, out bool done)
    {
        var i = 0;
        while (i < bytes.Length)
        {
            var c = bytes[i];
            switch (state)
            {
                case State.FieldStart when c == '"':
                    Keep("\""u8);
                    state = State.Quoted;
                    i++;
                    break;
                case State.FieldStart:
                    state = State.Plain;
                    break;
                case State.Plain:
                    var run = bytes[i..].IndexOfAny((byte)',', (byte)'\n', (byte)'\r');
                    if (run < 0) run = bytes.Length - i;
                    Keep(bytes.Slice(i, run));
                    i += run;
                    if (i == bytes.Length) break;
                    if (bytes[i] == '\r')
                    {
                        state = State.CarriageReturn;
                    }
                    else if (EndsRecord(bytes[i], ref state, lineEndBytes: 1))
                    {
                        done = true;
                        return i + 1;
                    }
                    i++;
                    break;
                case State.Quoted:
                    var text = bytes[i..].IndexOfAny((byte)'"', (byte)'\n');
                    if (text < 0) text = bytes.Length - i;
                    Keep(bytes.Slice(i, text));
                    i += text;
                    if (i == bytes.Length) break;
                    if (bytes[i] == '\n') _nextLine++;
                    else state = State.QuoteInQuoted;
                    Keep(bytes.Slice(i, 1));
                    i++;
                    break;
                case State.QuoteInQuoted when c == '"':
                    Keep("\""u8);
                    state = State.Quoted;
                    i++;
                    break;
                case State.QuoteInQuoted:
                    state = State.Plain;
                    break;
                case State.CarriageReturn when c == '\n':
                    done = EndsRecord(c, ref state, lineEndBytes: 2);
                    return i + 1;
                default:
                    Keep("\r"u8);
                    state = State.Plain;
                    break;
            }
        }
        done = false;
        return i;
    }

    bool EndsRecord(byte separator, ref State state, int lineEndBytes)
    {
        EndField();
        state = State.FieldStart;
        if (separator == ',') return false;
        LineEndBytes = lineEndBytes;
        _nextLine++;
        return true;
    }

    void EndField()
    {
        if (_onlyColumn is null || _onlyColumn == FieldCount) _ends.Add((int)_raw.Length);
        FieldCount++;
    }

    void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_onlyColumn is { } column && column != FieldCount) return;
        if (_raw.Length + bytes.Length > _limitBytes)
        {
            IsTooLong = true;
            bytes = bytes[..(int)(_limitBytes - _raw.Length)];
        }
        _raw.Write(bytes);
    }

    void SkipMark()
    {
        _started = true;
        _filled = _stream.ReadAtLeast(_buffer, 3, throwOnEndOfStream: false);
        if (_buffer.AsSpan(0, _filled).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) _at = 3;
    }

    bool Fill()
    {
        _bufferOffset += _filled;
        _at = 0;
        _filled = _stream.Read(_buffer);
        return _filled > 0;
    }
}
