using Quern.Arrow.Buffers;
using Quern.Delivery.Parquet.Metadata;
using Quern.Duck;

namespace Quern.Delivery.Parquet.Writing;

/// <summary>Compresses pages and puts their heads in front of them; has the memory that columns need for one page at a time.</summary>
/// <remarks>For one thread at a time. A column that its first page shows to be worth less than a twentieth is not compressed: random
/// numbers, UUIDs.</remarks>
sealed unsafe class PageWriter(ParquetOptions options) : IDisposable
{
    const int NotCompressed = 0, CompressedByZstd = 6;
    const int Undecided = -1;
    const int DataPage = 0, DictionaryPage = 2;

    /// <summary>What is left of a page, in percent, that is worth the decompression.</summary>
    const int Worth = 95;

    readonly Zstd _zstd = new();
    readonly CompactWriter _head = new();
    readonly NativeBuffer _packed = new();
    readonly NativeBuffer _packedDictionary = new();

    /// <summary>The page that is being made.</summary>
    public NativeBuffer Page { get; } = new();

    /// <summary>The dictionary's page.</summary>
    public NativeBuffer Dictionary { get; } = new();

    /// <summary>Used on the way.</summary>
    public NativeBuffer Scratch { get; } = new();

    /// <summary>Bytes of values that are written as one page, about.</summary>
    public int PageBytes => options.PageBytes;

    /// <summary>Memory that it holds.</summary>
    public long HeldBytes =>
        _packed.HeldBytes + _packedDictionary.HeldBytes + Page.HeldBytes + Dictionary.HeldBytes + Scratch.HeldBytes;

    /// <summary>A column begins.</summary>
    public void Begin(ColumnChunk chunk) => chunk.Codec = options.ZstdLevel is null ? NotCompressed : Undecided;

    /// <summary>Writes <see cref="Page"/>.</summary>
    /// <param name="to">The column's pages.</param>
    /// <param name="chunk">The column.</param>
    /// <param name="rows">Rows of the page.</param>
    /// <param name="encoding">How its values are written.</param>
    public void Write(NativeBuffer to, ColumnChunk chunk, int rows, PageEncoding encoding)
    {
        if (chunk.Codec != NotCompressed)
        {
            Compress(Page, _packed);
            if (chunk.Codec == Undecided) chunk.Codec = Codec(Page.Length, _packed.Length);
        }
        Put(to, chunk, DataPage, rows, encoding, Page, _packed);
        chunk.Uses(encoding);
        chunk.Uses(PageEncoding.Runs);
        chunk.Rows += rows;
    }

    /// <summary>Writes <see cref="Dictionary"/> and <see cref="Page"/>, the whole column.</summary>
    /// <param name="to">The column's pages.</param>
    /// <param name="chunk">The column.</param>
    /// <param name="rows">Rows of the page.</param>
    /// <param name="values">Values of the dictionary.</param>
    public void WriteCoded(NativeBuffer to, ColumnChunk chunk, int rows, int values)
    {
        if (chunk.Codec != NotCompressed)
        {
            Compress(Dictionary, _packedDictionary);
            Compress(Page, _packed);
            chunk.Codec = Codec(Dictionary.Length + Page.Length, _packedDictionary.Length + _packed.Length);
        }
        Put(to, chunk, DictionaryPage, values, PageEncoding.Plain, Dictionary, _packedDictionary);
        chunk.DictionaryBytes = (int)chunk.Bytes;
        Put(to, chunk, DataPage, rows, PageEncoding.Dictionary, Page, _packed);
        chunk.Uses(PageEncoding.Plain);
        chunk.Uses(PageEncoding.Runs);
        chunk.Uses(PageEncoding.Dictionary);
        chunk.Rows += rows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _zstd.Dispose();
        _head.Dispose();
        _packed.Dispose();
        _packedDictionary.Dispose();
        Page.Dispose();
        Dictionary.Dispose();
        Scratch.Dispose();
    }

    static int Codec(long raw, long packed) => packed * 100 < raw * Worth ? CompressedByZstd : NotCompressed;

    void Compress(NativeBuffer from, NativeBuffer to)
    {
        to.Cut();
        var room = checked((int)Zstd.Bound(from.Length));
        var target = new Span<byte>(to.Reserve(room), room);
        to.Advance(_zstd.Compress(from.Bytes, target, options.ZstdLevel!.Value));
    }

    void Put(NativeBuffer to, ColumnChunk chunk, int kind, int count, PageEncoding encoding, NativeBuffer raw, NativeBuffer packed)
    {
        var bytes = chunk.Codec == NotCompressed ? raw : packed;
        _head.Clear();
        _head.Begin();
        _head.I32(1, kind);
        _head.I32(2, raw.Length);
        _head.I32(3, bytes.Length);
        _head.BeginStruct(kind == DataPage ? 5 : 7);
        _head.I32(1, count);
        _head.I32(2, (int)encoding);
        if (kind == DataPage)
        {
            _head.I32(3, (int)PageEncoding.Runs);
            _head.I32(4, (int)PageEncoding.Runs);
        }
        _head.End();
        _head.End();
        to.Append(_head.Bytes);
        to.Append(bytes.Bytes);
        chunk.Bytes += _head.Bytes.Length + bytes.Length;
        chunk.RawBytes += _head.Bytes.Length + raw.Length;
    }
}
