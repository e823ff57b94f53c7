using System.Buffers.Binary;
using Quern.Arrow.Buffers;
using Quern.Chunks;
using Quern.Delivery.Parquet.Encoding;
using Quern.Delivery.Parquet.Metadata;

namespace Quern.Delivery.Parquet.Writing;

/// <summary>A column of texts or blobs.</summary>
sealed unsafe class TextColumn(PageWriter pages) : CodedColumn<Text>(pages)
{
    readonly TextTable _table = new();
    readonly NativeBuffer _least = new();
    readonly NativeBuffer _most = new();
    uint _leastPrefix;
    uint _mostPrefix;
    bool _hasValues;
    long _plainBytes;

    /// <inheritdoc/>
    public override long HeldBytes => base.HeldBytes + _table.HeldBytes;

    /// <inheritdoc/>
    protected override int Known => _table.Count;

    /// <inheritdoc/>
    protected override long DictionaryBytes => _table.Bytes + ((long)_table.Count * sizeof(int));

    /// <inheritdoc/>
    protected override long PlainBytes => _plainBytes;

    /// <inheritdoc/>
    public override void Begin(ColumnChunk chunk)
    {
        base.Begin(chunk);
        _table.Clear();
        _hasValues = false;
        _plainBytes = 0;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _table.Dispose();
        _least.Dispose();
        _most.Dispose();
    }

    /// <inheritdoc/>
    protected override Text* Values(Vector vector, int from, int count, NativeBuffer room, out int values) =>
        Dense<Text>(vector, from, count, room, out values);

    /// <inheritdoc/>
    protected override void Encode(Text* values, int count, ushort* codes)
    {
        _table.Encode(values, count, codes);
        var bytes = (long)count * sizeof(int);
        for (var i = 0; i < count; i++) bytes += values[i].Length;
        _plainBytes += bytes;
    }

    /// <inheritdoc/>
    protected override Text Decode(ushort code) => _table.Texts[code];

    /// <inheritdoc/>
    protected override void AppendPlain(Text* values, int count)
    {
        for (var i = 0; i < count; i++) Look(values + i);
        Put(Plain, values, count);
    }

    /// <inheritdoc/>
    protected override PageEncoding WriteValues(NativeBuffer to, int values)
    {
        to.Append(Plain.Bytes);
        return PageEncoding.Plain;
    }

    /// <inheritdoc/>
    protected override void WriteDictionary(NativeBuffer to) => Put(to, _table.Texts, _table.Count);

    /// <inheritdoc/>
    protected override void SetStatistics(bool isCoded)
    {
        if (isCoded)
            for (var i = 0; i < _table.Count; i++) Look(_table.Texts + i);
        if (_hasValues) Chunk.Statistics.SetTexts(_least.Bytes, _most.Bytes);
    }

    /// <summary>Each with its length in front.</summary>
    static void Put(NativeBuffer to, Text* texts, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var length = texts[i].Length;
            var at = to.Reserve(sizeof(int) + Math.Max(length, sizeof(UInt128)));
            *(int*)at = length;
            // Text in place has 12 bytes behind its length, those that are not its own among them.
            if (length <= Text.InlineBytes) *(UInt128*)at = *(UInt128*)(texts + i);
            else Buffer.MemoryCopy(texts[i].First, at + sizeof(int), length, length);
            to.Advance(sizeof(int) + length);
        }
    }

    /// <summary>Most texts are told from the least and the greatest one by their first four bytes, which every text has in place.</summary>
    void Look(Text* text)
    {
        var prefix = BinaryPrimitives.ReverseEndianness(((uint*)text)[1]);
        if (_hasValues && prefix > _leastPrefix && prefix < _mostPrefix) return;
        var bytes = text->Bytes;
        if (!_hasValues || (prefix <= _leastPrefix && bytes.SequenceCompareTo(_least.Bytes) < 0)) Keep(_least, bytes, prefix, out _leastPrefix);
        if (!_hasValues || (prefix >= _mostPrefix && bytes.SequenceCompareTo(_most.Bytes) > 0)) Keep(_most, bytes, prefix, out _mostPrefix);
        _hasValues = true;
    }

    static void Keep(NativeBuffer to, ReadOnlySpan<byte> bytes, uint prefix, out uint known)
    {
        to.Cut();
        to.Append(bytes);
        known = prefix;
    }
}
