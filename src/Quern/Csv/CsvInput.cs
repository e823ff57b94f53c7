using Microsoft.Win32.SafeHandles;
using Quern.Csv.Blocks;
using Quern.Files;

namespace Quern.Csv;

/// <summary>Bytes that come once, such as standard input: their beginning can be looked at, then they are read to their end, by one
/// read. Gzip and zstd are known by their first bytes.</summary>
/// <param name="bytes">Where they come from.</param>
/// <param name="name">How messages name it.</param>
sealed class CsvInput(Stream bytes, string name) : IDisposable
{
    const int MagicBytes = 4;

    static readonly Lazy<CsvInput> OfProcess =
        new(() => new(new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, 0), "standard input"));

    Stream? _content;
    byte[] _head = [];
    int _headBytes;
    bool _isAll;
    bool _isOpened;

    /// <summary>Standard input of the process.</summary>
    public static CsvInput Standard => OfProcess.Value;

    /// <summary>How messages name it.</summary>
    public string Name => name;

    /// <summary>The blocks that are in memory, for messages to say where something is.</summary>
    public LiveBlocks Live { get; } = new();

    /// <summary>The first bytes of what it holds, decompressed, which <see cref="Open"/> gives again. Waits for them.</summary>
    /// <param name="count">How many; fewer when there are no more.</param>
    /// <exception cref="QuernException">QN2019: it was opened already.</exception>
    public ReadOnlyMemory<byte> Peek(int count)
    {
        if (_isOpened) throw Again();
        var content = _content ??= Content();
        if (_head.Length < count) Array.Resize(ref _head, count);
        while (_headBytes < count && !_isAll)
        {
            var more = content.Read(_head.AsSpan(_headBytes, count - _headBytes));
            _isAll = more == 0;
            _headBytes += more;
        }
        return _head.AsMemory(0, Math.Min(count, _headBytes));
    }

    /// <summary>All that it holds, decompressed.</summary>
    /// <exception cref="QuernException">QN2019: it was opened already.</exception>
    public Stream Open()
    {
        if (_isOpened) throw Again();
        var content = _content ??= Content();
        _isOpened = true;
        return new Once(content, _head.AsMemory(0, _headBytes));
    }

    /// <inheritdoc/>
    public void Dispose() => bytes.Dispose();

    Stream Content()
    {
        var magic = new byte[MagicBytes];
        var count = bytes.ReadAtLeast(magic, MagicBytes, throwOnEndOfStream: false);
        var all = new Once(bytes, magic.AsMemory(0, count));
        return magic switch
        {
            [0x1F, 0x8B, ..] => new GzipInput(all, name),
            [0x28, 0xB5, 0x2F, 0xFD] => new ZstdInput(all, name),
            _ => all,
        };
    }

    QuernException Again() => new(new Fault("QN2019", "an input that comes only once would have to be read twice")
    {
        Where = name,
        Try = ["write it to a file first, and read that", "name it once"],
        ExitCode = ExitCode.Usage,
    });

    /// <summary>A beginning that is in memory, and the rest.</summary>
    internal sealed class Once(Stream rest, ReadOnlyMemory<byte> head) : ForwardInput
    {
        int _at;
        long _rest;

        /// <summary>Bytes handed out, or taken from what is compressed.</summary>
        public long BytesTaken => rest switch
        {
            GzipInput gzip => gzip.CompressedBytes,
            ZstdInput zstd => zstd.CompressedBytes,
            Once inner => inner.BytesTaken,
            _ => _at + _rest,
        };

        /// <inheritdoc/>
        protected override long Given => _at + _rest;

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, head.Length - _at);
            if (count > 0)
            {
                head.Span.Slice(_at, count).CopyTo(buffer);
                _at += count;
                return count;
            }
            count = rest.Read(buffer);
            _rest += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) rest.Dispose();
            base.Dispose(disposing);
        }
    }
}
