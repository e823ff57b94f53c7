namespace Quern.Csv;

/// <summary>What a read has counted so far, over all threads and files.</summary>
/// <param name="columns">How many columns are read.</param>
sealed class CsvCounts(int columns)
{
    readonly long[] _bad = new long[columns];
    long _read;
    long _kept;
    long _rejected;

    /// <summary>Rows that were found.</summary>
    public long Read => Interlocked.Read(ref _read);

    /// <summary>Rows that were handed on.</summary>
    public long Kept => Interlocked.Read(ref _kept);

    /// <summary>Rows that were set aside.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>True when every row that was found was handed on or set aside.</summary>
    public bool AddUp => Read == Kept + Rejected;

    /// <summary>Bad cells of a column that are NULL or 0 as <see cref="CsvColumn.Bad"/> says; also those in rows that were set aside for
    /// another cell.</summary>
    public long Bad(int column) => Interlocked.Read(ref _bad[column]);

    /// <summary>Adds bad cells of a column.</summary>
    public void AddBad(int column, long cells) => Interlocked.Add(ref _bad[column], cells);

    /// <summary>Forgets all, because the read begins again.</summary>
    public void Clear()
    {
        Array.Clear(_bad);
        (_read, _kept, _rejected) = (0, 0, 0);
    }

    /// <summary>Adds rows.</summary>
    public void AddRows(long read, long kept, long rejected)
    {
        Interlocked.Add(ref _read, read);
        if (kept > 0) Interlocked.Add(ref _kept, kept);
        if (rejected > 0) Interlocked.Add(ref _rejected, rejected);
    }
}
