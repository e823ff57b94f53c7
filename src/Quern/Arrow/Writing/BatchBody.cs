using Quern.Arrow.Buffers;
using Quern.Arrow.Metadata;

namespace Quern.Arrow.Writing;

/// <summary>The buffers of a batch, collected from its columns, compressed, placed and written.</summary>
sealed unsafe class BatchBody : IDisposable
{
    static readonly byte[] Zeros = new byte[NativeBuffer.Alignment];

    readonly ArrowOptions _options;
    readonly BufferCodec[] _codecs;
    readonly List<(nint First, int Length)> _contents = [];
    readonly List<NativeBuffer> _compressed = [];

    public BatchBody(ArrowOptions options)
    {
        _options = options;
        _codecs = [.. Enumerable.Range(0, Math.Max(options.Threads, 1)).Select(_ => new BufferCodec())];
    }

    /// <summary>What the message says of the batch.</summary>
    public BatchLayout Layout { get; } = new();

    /// <summary>Bytes of the body.</summary>
    public long Bytes { get; private set; }

    /// <summary>Forgets the buffers.</summary>
    public void Clear()
    {
        _contents.Clear();
        Layout.Clear();
        Layout.Codec = _options.Codec;
    }

    /// <summary>Adds a field: what follows are its buffers, then its children.</summary>
    public void AddNode(long rows, long nulls)
    {
        Layout.Nodes.Add(rows);
        Layout.Nodes.Add(nulls);
    }

    /// <summary>Adds a buffer; it is not copied, and must stay in place until <see cref="Write"/> is done.</summary>
    public void AddBuffer(ReadOnlySpan<byte> content)
    {
        fixed (byte* first = content) _contents.Add(((nint)first, content.Length));
    }

    /// <summary>Compresses the buffers and gives each its place.</summary>
    public void Place()
    {
        if (_options.Codec != ArrowCodec.None) Compress();
        Bytes = 0;
        for (var i = 0; i < _contents.Count; i++)
        {
            Layout.Buffers.Add(Bytes);
            Layout.Buffers.Add(_contents[i].Length);
            Bytes += Padded(_contents[i].Length);
        }
    }

    /// <summary>Writes the buffers, each filled up to a multiple of 64 bytes.</summary>
    public void Write(Stream to)
    {
        foreach (var (first, length) in _contents)
        {
            to.Write(new ReadOnlySpan<byte>((void*)first, length));
            to.Write(Zeros, 0, (int)(Padded(length) - length));
        }
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        foreach (var codec in _codecs) codec.Dispose();
        foreach (var buffer in _compressed) buffer.Dispose();
    }

    static long Padded(long length) => (length + NativeBuffer.Alignment - 1) / NativeBuffer.Alignment * NativeBuffer.Alignment;

    void Compress()
    {
        while (_compressed.Count < _contents.Count) _compressed.Add(new NativeBuffer());
        if (_codecs.Length == 1)
        {
            for (var i = 0; i < _contents.Count; i++) Compress(_codecs[0], i);
        }
        else
        {
            var next = -1;
            Parallel.For(0, _codecs.Length, worker =>
            {
                while (Interlocked.Increment(ref next) is var i && i < _contents.Count) Compress(_codecs[worker], i);
            });
        }
        for (var i = 0; i < _contents.Count; i++) _contents[i] = ((nint)_compressed[i].First, _compressed[i].Length);
    }

    void Compress(BufferCodec codec, int index)
    {
        var (first, length) = _contents[index];
        codec.Compress(_options.Codec, _options.ZstdLevel, new ReadOnlySpan<byte>((void*)first, length), _compressed[index]);
    }
}
