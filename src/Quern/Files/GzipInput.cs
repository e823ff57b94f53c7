using System.Globalization;
using System.IO.Compression;

namespace Quern.Files;

/// <summary>
/// Reads a gzip file to its end or says where it breaks. .NET's <see cref="GZipStream"/> takes a file that was cut
/// short as if it ended there (seen with 10.0.12, unless the process sets
/// <c>System.IO.Compression.UseStrictValidation</c> before first use), and rows would be lost without a word.
/// </summary>
/// <remarks>
/// How the end is proved with public calls only: when the file is used up, the decompressor is handed one more member,
/// with a content known here. It asks for input only after it has put out all that the file holds, so whatever follows
/// comes from that member: exactly its content when the file was complete; an error, other bytes or nothing when the
/// decompressor was in the middle of something and took the member for data (the checksum makes a chance match 1 in
/// 2^32). If it stops without asking, the file goes on after its last member with something else. Several members one
/// after the other (<c>cat a.gz b.gz</c>, bgzip) are read as one, as gzip does.
/// </remarks>
sealed class GzipInput : ForwardInput
{
    static readonly byte[] Proof = Compress("end of the file"u8);

    readonly string _name;
    readonly Source _source;
    readonly GZipStream _content;
    bool _ended;

    /// <summary>Opens a gzip file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">How messages name it; default: <paramref name="path"/>.</param>
    /// <exception cref="QuernException">QN2001, QN2004 or QN2009 when it cannot be opened.</exception>
    public GzipInput(string path, string? name = null)
        : this(FileBytes.Open(path, name), name ?? path)
    {
    }

    /// <summary>Reads gzip from a stream, which is disposed with this one.</summary>
    internal GzipInput(Stream compressed, string name)
    {
        _name = name;
        _source = new(compressed);
        _content = new(_source, CompressionMode.Decompress);
    }

    /// <summary>
    /// Compressed bytes taken from the file so far: for progress against the size of the file. Runs up to a buffer (8
    /// KiB) ahead.
    /// </summary>
    public long CompressedBytes => _source.Bytes;

    /// <summary>Bytes handed out so far.</summary>
    public long ContentBytes { get; private set; }

    /// <inheritdoc/>
    protected override long Given => ContentBytes;

    /// <summary>
    /// Reads the next bytes of the content; 0 only when the file is complete and was read to its end.
    /// </summary>
    /// <exception cref="QuernException">QN2010 cut short; QN2011 damaged, or not gzip; QN2012 followed by something
    /// that is not gzip.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_ended || buffer.IsEmpty) return 0;
        int count;
        try
        {
            count = _content.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw _source.ProofTaken ? CutShort(e) : Damaged(e);
        }
        if (!_source.ProofTaken && count > 0)
        {
            ContentBytes += count;
            return count;
        }
        if (!_source.ProofTaken) throw Followed();
        if (_source.Bytes == 0 || !ProofHolds(buffer[..count])) throw CutShort(null);
        _ended = true;
        return 0;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            _source.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>
    /// Reads what the last member gives, of which <paramref name="first"/> came already, and compares it.
    /// </summary>
    bool ProofHolds(ReadOnlySpan<byte> first)
    {
        var wanted = "end of the file"u8;
        Span<byte> rest = stackalloc byte[wanted.Length + 1];
        if (!wanted.StartsWith(first)) return false;
        try
        {
            var count = _content.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false);
            return wanted[first.Length..].SequenceEqual(rest[..count]);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    QuernException CutShort(Exception? cause) =>
        Make("QN2010", "the gzip file is cut short", Text($"ends at byte {_source.Bytes:N0}"), cause,
            "fetch or write the file again", $"gzip -dc {(_name.Contains(' ') ? "FILE" : _name)} > rescued.csv   what is left of it");

    QuernException Damaged(Exception cause) => _source.StartsAsGzip
        ? Make("QN2011", "the gzip file is damaged", Text($"at or before byte {_source.Bytes:N0}"), cause,
            "fetch or write the file again")
        : Make("QN2011", "not a gzip file", "its first bytes are not those of gzip", cause,
            "remove .gz from the name if it is not compressed");

    QuernException Followed() =>
        Make("QN2012", "something that is not gzip follows the gzip data",
            Text($"before byte {_source.Bytes:N0}"), null,
            "compress the whole file again", $"gzip -t {_name}   says the same");

    QuernException Make(string code, string what, string place, Exception? cause, params string[] tries) =>
        new(new Fault(code, what) { Where = $"{_name}, {place}", Try = tries }, cause);

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    static byte[] Compress(ReadOnlySpan<byte> content)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal)) gzip.Write(content);
        return bytes.ToArray();
    }

    /// <summary>
    /// The compressed bytes, counted, and after them, once and in a read of its own, <see cref="Proof"/>.
    /// </summary>
    sealed class Source(Stream compressed) : ForwardInput
    {
        internal long Bytes { get; private set; }

        internal bool ProofTaken { get; private set; }

        internal bool StartsAsGzip { get; private set; }

        /// <inheritdoc/>
        protected override long Given => Bytes;

        public override int Read(Span<byte> buffer)
        {
            if (ProofTaken) return 0;
            var count = compressed.Read(buffer);
            if (Bytes == 0) StartsAsGzip = buffer[..count].StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]);
            Bytes += count;
            if (count > 0) return count;
            ProofTaken = true;
            Proof.CopyTo(buffer);
            return Proof.Length;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) compressed.Dispose();
            base.Dispose(disposing);
        }
    }
}
