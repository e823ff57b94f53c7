using Quern.Arrow.Buffers;
using Quern.Chunks;
using Quern.Delivery.Parquet.Encoding;
using Quern.Delivery.Parquet.Metadata;

namespace Quern.Delivery.Parquet.Writing;

/// <summary>A column that has a dictionary for as long as it pays; after that its values are written one by one.</summary>
/// <remarks>Whether it pays is asked when <see cref="SampleValues"/> have come and then for every chunk, so what is thrown away is
/// small; that many are waited for because the rows of a day or an hour often begin with every name once. Only the rows of the row
/// group count, so that the same rows give the same bytes whoever writes them.</remarks>
abstract unsafe class CodedColumn<T>(PageWriter pages) : ColumnBuilder(pages) where T : unmanaged
{
    const int SampleValues = 16_384;

    /// <summary>What a dictionary and its codes may take of the plain size, in percent.</summary>
    const int Pays = 70;

    /// <summary>Bytes of a dictionary; a larger one does not help readers.</summary>
    const long MostDictionaryBytes = 8 << 20;

    readonly NativeBuffer _codes = new();
    readonly NativeBuffer _dense = new();
    bool _isCoded = true;
    int _pageStart;

    /// <inheritdoc/>
    public override long HeldBytes => base.HeldBytes + _codes.HeldBytes + _dense.HeldBytes + Plain.HeldBytes;

    /// <inheritdoc/>
    public override long UsedBytes => base.UsedBytes + _codes.Length + Plain.Length + (_isCoded ? DictionaryBytes : 0);

    /// <summary>Values of the page that is being gathered, as they are.</summary>
    protected NativeBuffer Plain { get; } = new();

    /// <summary>Values of the dictionary.</summary>
    protected abstract int Known { get; }

    /// <summary>Bytes of its page.</summary>
    protected abstract long DictionaryBytes { get; }

    /// <summary>Bytes that the values so far would take without one.</summary>
    protected abstract long PlainBytes { get; }

    /// <inheritdoc/>
    public override void Begin(ColumnChunk chunk)
    {
        base.Begin(chunk);
        _codes.Cut();
        Plain.Cut();
        _isCoded = true;
        _pageStart = 0;
    }

    /// <inheritdoc/>
    public sealed override void Append(Vector vector, int from, int count)
    {
        if (_isCoded && Known + count > CodeTable<ulong>.MostValues) GiveUp();
        var values = Values(vector, from, count, _dense, out var found);
        if (found > 0 && _isCoded)
        {
            Encode(values, found, (ushort*)_codes.Reserve(found * sizeof(ushort)));
            _codes.Advance(found * sizeof(ushort));
            if (_codes.Length >= SampleValues * sizeof(ushort) && !IsWorthIt) GiveUp();
        }
        else if (found > 0)
        {
            AppendPlain(values, found);
            if (Plain.Length >= Pages.PageBytes) WritePage(Levels.Rows);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _codes.Dispose();
        _dense.Dispose();
        Plain.Dispose();
    }

    /// <inheritdoc/>
    protected sealed override void Finish()
    {
        if (_isCoded && Known > 0 && !IsWorthIt) GiveUp();
        if (_isCoded && Known > 0) WriteCoded();
        else if (Levels.Rows > _pageStart) WritePage(Levels.Rows);
        SetStatistics(_isCoded);
        if (_isCoded && Known > 0) Chunk.Statistics.Distinct = Known;
    }

    /// <summary>Adds rows to the levels, and finds their values.</summary>
    protected abstract T* Values(Vector vector, int from, int count, NativeBuffer room, out int values);

    /// <summary>Writes the codes of values.</summary>
    protected abstract void Encode(T* values, int count, ushort* codes);

    /// <summary>The value of a code.</summary>
    protected abstract T Decode(ushort code);

    /// <summary>Appends values to <see cref="Plain"/>, and looks at them for the statistics.</summary>
    protected abstract void AppendPlain(T* values, int count);

    /// <summary>Appends the values of <see cref="Plain"/> to a page.</summary>
    protected abstract PageEncoding WriteValues(NativeBuffer to, int values);

    /// <summary>Writes the dictionary's page.</summary>
    protected abstract void WriteDictionary(NativeBuffer to);

    /// <summary>Sets the least and the greatest value.</summary>
    /// <param name="isCoded">They are those of the dictionary.</param>
    protected abstract void SetStatistics(bool isCoded);

    bool IsWorthIt => DictionaryBytes <= MostDictionaryBytes
        && (DictionaryBytes + (_codes.Length / sizeof(ushort) * (long)Width / 8)) * 100 <= PlainBytes * Pays;

    int Width => Math.Max(1, 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)Math.Max(0, Known - 1)));

    /// <summary>Writes the rows so far without the dictionary.</summary>
    void GiveUp()
    {
        _isCoded = false;
        var codes = (ushort*)_codes.First;
        var values = stackalloc T[64];
        for (var row = 0; row < Levels.Rows; row += 64)
        {
            var rows = Math.Min(64, Levels.Rows - row);
            var count = Levels.Values(row, rows);
            for (var i = 0; i < count; i++) values[i] = Decode(*codes++);
            AppendPlain(values, count);
            if (Plain.Length >= Pages.PageBytes) WritePage(row + rows);
        }
        _codes.Cut();
    }

    void WritePage(int end)
    {
        var (rows, page) = (end - _pageStart, Pages.Page);
        page.Cut();
        Levels.Write(page, _pageStart, rows, Pages.Scratch);
        var encoding = WriteValues(page, Levels.Values(_pageStart, rows));
        Pages.Write(Body, Chunk, rows, encoding);
        Plain.Cut();
        _pageStart = end;
    }

    void WriteCoded()
    {
        var (page, width, count) = (Pages.Page, Width, _codes.Length / sizeof(ushort));
        page.Cut();
        Levels.Write(page, 0, Levels.Rows, Pages.Scratch);
        *page.Reserve(1) = (byte)width;
        page.Advance(1);
        _codes.Reserve(8 * sizeof(ushort));
        HybridRuns.Append(page, (ushort*)_codes.First, count, width);
        Pages.Dictionary.Cut();
        WriteDictionary(Pages.Dictionary);
        Pages.WriteCoded(Body, Chunk, Levels.Rows, Known);
    }
}
