namespace Quern.Delivery.Parquet.Metadata;

/// <summary>A column of a row group: what the footer says of it.</summary>
sealed class ColumnChunk
{
    readonly int[] _encodings = new int[4];
    int _encodingCount;

    /// <summary>Number of the compression.</summary>
    public int Codec { get; set; }

    /// <summary>Rows, those without a value among them.</summary>
    public long Rows { get; set; }

    /// <summary>Bytes of pages with their heads, compressed and not.</summary>
    public long Bytes { get; set; }

    /// <summary>Bytes of pages with their heads before they were compressed.</summary>
    public long RawBytes { get; set; }

    /// <summary>Where its first page begins in the row group.</summary>
    public long Start { get; set; }

    /// <summary>Bytes of the dictionary's page, which comes first; 0 for none.</summary>
    public int DictionaryBytes { get; set; }

    /// <summary>What its values are.</summary>
    public ColumnStatistics Statistics { get; } = new();

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        (Codec, Rows, Bytes, RawBytes, Start, DictionaryBytes, _encodingCount) = (0, 0, 0, 0, 0, 0, 0);
        Statistics.Clear();
    }

    /// <summary>Some of its pages are written so.</summary>
    public void Uses(PageEncoding encoding)
    {
        if (!_encodings.AsSpan(0, _encodingCount).Contains((int)encoding)) _encodings[_encodingCount++] = (int)encoding;
    }

    /// <summary>Writes its element of a row group.</summary>
    /// <param name="to">Where it goes.</param>
    /// <param name="column">What it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="at">Where the row group begins in the file.</param>
    public void Write(CompactWriter to, ParquetColumn column, ReadOnlySpan<byte> name, long at)
    {
        var first = at + Start;
        to.Begin();
        to.I64(2, first);
        to.BeginStruct(3);
        to.I32(1, (int)column.Physical);
        to.Numbers(2, _encodings.AsSpan(0, _encodingCount));
        to.Texts(3, name);
        to.I32(4, Codec);
        to.I64(5, Rows);
        to.I64(6, RawBytes);
        to.I64(7, Bytes);
        to.I64(9, first + DictionaryBytes);
        if (DictionaryBytes > 0) to.I64(11, first);
        Statistics.Write(to, 12);
        to.End();
        to.End();
    }
}
