namespace Quern.Delivery.Parquet.Metadata;

/// <summary>What is known of the values of a column in a row group, for readers to leave it out.</summary>
sealed class ColumnStatistics
{
    /// <summary>Bytes of a text that are kept.</summary>
    public const int MostBytes = 64;

    readonly byte[] _least = new byte[MostBytes];
    readonly byte[] _most = new byte[MostBytes];
    int _leastBytes = -1;
    int _mostBytes = -1;
    bool _isLeastExact;
    bool _isMostExact;

    /// <summary>Rows without a value.</summary>
    public long Nulls { get; set; }

    /// <summary>Distinct values; null when nobody has counted them.</summary>
    public long? Distinct { get; set; }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        (Nulls, Distinct) = (0, null);
        (_leastBytes, _mostBytes) = (-1, -1);
    }

    /// <summary>Sets the least and the greatest value, as the file spells them.</summary>
    public void Set(ReadOnlySpan<byte> least, ReadOnlySpan<byte> most)
    {
        least.CopyTo(_least);
        most.CopyTo(_most);
        (_leastBytes, _mostBytes) = (least.Length, most.Length);
        (_isLeastExact, _isMostExact) = (true, true);
    }

    /// <summary>Sets the least and the greatest text. A long one is cut between two characters: the beginning of the least one is less
    /// still; that of the greatest one gets its last character of ASCII raised, and is left out where there is none.</summary>
    public void SetTexts(ReadOnlySpan<byte> least, ReadOnlySpan<byte> most)
    {
        _isLeastExact = least.Length <= MostBytes;
        _leastBytes = _isLeastExact ? least.Length : Cut(least);
        least[.._leastBytes].CopyTo(_least);
        _isMostExact = most.Length <= MostBytes;
        _mostBytes = _isMostExact ? most.Length : Cut(most);
        most[.._mostBytes].CopyTo(_most);
        if (_isMostExact) return;
        while (_mostBytes > 0 && _most[_mostBytes - 1] >= 0x7E) _mostBytes--;
        if (_mostBytes > 0) _most[_mostBytes - 1]++;
        else _mostBytes = -1;
    }

    /// <summary>Writes them as a field.</summary>
    public void Write(CompactWriter to, int field)
    {
        to.BeginStruct(field);
        to.I64(3, Nulls);
        if (Distinct is { } distinct) to.I64(4, distinct);
        if (_mostBytes >= 0) to.Binary(5, _most.AsSpan(0, _mostBytes));
        if (_leastBytes >= 0) to.Binary(6, _least.AsSpan(0, _leastBytes));
        if (_mostBytes >= 0) to.Bool(7, _isMostExact);
        if (_leastBytes >= 0) to.Bool(8, _isLeastExact);
        to.End();
    }

    static int Cut(ReadOnlySpan<byte> text)
    {
        var length = MostBytes;
        while (length > 0 && (text[length] & 0xC0) == 0x80) length--;
        return length;
    }
}
