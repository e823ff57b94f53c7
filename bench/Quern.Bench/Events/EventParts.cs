using System.Security.Cryptography;

namespace Quern.Bench.Events;

/// <summary>Files that the rows are dealt to, one after the other.</summary>
sealed class EventParts : IDisposable
{
    /// <summary>The most bytes of a row.</summary>
    public const int LongestRow = 512;

    const int BufferBytes = 4 << 20;

    readonly EventPlan _plan;
    readonly string _folder;
    readonly byte[] _buffer = new byte[BufferBytes + LongestRow];
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    FileStream _file;
    int _buffered;
    int _part;
    long _partEnd;

    public EventParts(EventPlan plan, string folder)
    {
        (_plan, _folder) = (plan, folder);
        _partEnd = End(0);
        _file = Open();
    }

    /// <summary>Rows written.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes written.</summary>
    public long Bytes { get; private set; }

    /// <summary>Where the next row goes.</summary>
    public Span<byte> Row => _buffer.AsSpan(_buffered, LongestRow);

    /// <summary>Counts a row that was written to <see cref="Row"/>.</summary>
    public void Add(int bytes)
    {
        _buffered += bytes;
        if (_buffered >= BufferBytes) Flush();
        Rows++;
        if (Rows == _partEnd && _part + 1 < _plan.Parts) Turn();
    }

    /// <summary>Ends the last file; when there are more files than rows, the others have a header alone.</summary>
    /// <returns>Hash of the bytes of all files in their order.</returns>
    public string Complete()
    {
        while (_part + 1 < _plan.Parts) Turn();
        Flush();
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose()
    {
        _file.Dispose();
        _hash.Dispose();
    }

    void Turn()
    {
        Flush();
        _file.Dispose();
        _part++;
        _partEnd = End(_part);
        _file = Open();
    }

    long End(int part) => (long)((UInt128)_plan.Rows * (uint)(part + 1) / (uint)_plan.Parts);

    FileStream Open()
    {
        var header = "ts,type,auction_id,advertiser_id,publisher_id,bid_price,user_id,total_price,country"u8;
        header.CopyTo(_buffer);
        _buffered = header.Length;
        if (_plan.CrLf) _buffer[_buffered++] = (byte)'\r';
        _buffer[_buffered++] = (byte)'\n';
        return new(Path.Combine(_folder, $"events_part_{_part:D5}.csv"), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    void Flush()
    {
        var bytes = _buffer.AsSpan(0, _buffered);
        _file.Write(bytes);
        _hash.AppendData(bytes);
        Bytes += _buffered;
        _buffered = 0;
    }
}
