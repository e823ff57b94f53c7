using System.Globalization;
using Quern.Duck;

namespace Quern.Files;

/// <summary>Reads a zstd file to its end or says where it breaks. Several frames one after the other (<c>cat a.zst b.zst</c>,
/// pzstd) are read as one, as zstd does; skippable frames are passed over.</summary>
sealed class ZstdInput : ForwardInput
{
    /// <summary>A block of zstd with its header: what zstd itself reads at once.</summary>
    const int BufferBytes = (128 << 10) + 3;

    const int MagicBytes = 4;

    readonly string _name;
    readonly Stream _compressed;
    readonly Zstd _zstd = new();
    readonly byte[] _buffer = new byte[BufferBytes];
    int _at;
    int _filled;
    bool _isUsedUp;
    bool _hasFrame;

    /// <summary>Opens a zstd file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">How messages name it; default: <paramref name="path"/>.</param>
    /// <exception cref="QuernException">QN2001, QN2004 or QN2009 when it cannot be opened.</exception>
    public ZstdInput(string path, string? name = null)
        : this(FileBytes.Open(path, name), name ?? path)
    {
    }

    /// <summary>Reads zstd from a stream, which is disposed with this one.</summary>
    internal ZstdInput(Stream compressed, string name) => (_compressed, _name) = (compressed, name);

    /// <summary>
    /// Compressed bytes taken from the file so far: for progress against the size of the file. Runs up to a buffer (128
    /// KiB) ahead.
    /// </summary>
    public long CompressedBytes { get; private set; }

    /// <summary>Bytes handed out so far.</summary>
    public long ContentBytes { get; private set; }

    /// <inheritdoc/>
    protected override long Given => ContentBytes;

    /// <summary>
    /// Reads the next bytes of the content; 0 only when the file is complete and was read to its end.
    /// </summary>
    /// <exception cref="QuernException">QN2010 cut short; QN2011 damaged, or not zstd; QN2012 followed by something
    /// that is not zstd.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        while (true)
        {
            if (_at == _filled && !_isUsedUp) Refill();
            // Asked between frames without input, zstd would wait for the header of another one.
            if (_at == _filled && _zstd.IsBetweenFrames) return _hasFrame ? 0 : throw CutShort();
            var count = Step(buffer, out var taken);
            _at += taken;
            _hasFrame |= _zstd.IsBetweenFrames;
            ContentBytes += count;
            if (count > 0) return count;
            if (_isUsedUp && taken == 0 && !_zstd.IsBetweenFrames) throw CutShort();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _zstd.Dispose();
            _compressed.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>True when bytes are the head of a frame, with content or to be skipped.</summary>
    static bool IsMagic(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD])
        || (head.Length >= MagicBytes && (head[0] & 0xF0) == 0x50 && head[1..].StartsWith((ReadOnlySpan<byte>)[0x2A, 0x4D, 0x18]));

    void Refill()
    {
        _filled = _compressed.ReadAtLeast(_buffer, MagicBytes, throwOnEndOfStream: false);
        _at = 0;
        CompressedBytes += _filled;
        _isUsedUp = _filled < MagicBytes;
    }

    int Step(Span<byte> buffer, out int taken)
    {
        var isHead = _zstd.IsBetweenFrames;
        try
        {
            return _zstd.Step(_buffer.AsSpan(_at, _filled - _at), buffer, out taken);
        }
        catch (InvalidDataException e)
        {
            if (!isHead || IsMagic(_buffer.AsSpan(_at, _filled - _at))) throw Damaged(e);
            throw _hasFrame ? Followed(e) : NotZstd(e);
        }
    }

    QuernException CutShort() =>
        Make("QN2010", "the zstd file is cut short", Text($"ends at byte {CompressedBytes:N0}"), null,
            "fetch or write the file again", $"zstd -dc {(_name.Contains(' ') ? "FILE" : _name)} > rescued.csv   what is left of it");

    QuernException Damaged(Exception cause) =>
        Make("QN2011", "the zstd file is damaged", Text($"at or before byte {CompressedBytes:N0}"), cause,
            "fetch or write the file again");

    QuernException NotZstd(Exception cause) =>
        Make("QN2011", "not a zstd file", "its first bytes are not those of zstd", cause,
            "remove .zst from the name if it is not compressed");

    QuernException Followed(Exception cause) =>
        Make("QN2012", "something that is not zstd follows the zstd data", Text($"before byte {CompressedBytes:N0}"), cause,
            "compress the whole file again", $"zstd -t {_name}   says the same");

    QuernException Make(string code, string what, string place, Exception? cause, params string[] tries) =>
        new(new Fault(code, what) { Where = $"{_name}, {place}", Value = cause?.Message, Try = tries }, cause);

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
