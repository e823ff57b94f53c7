using System.Collections.Concurrent;

namespace Quern.Csv;

/// <summary>Rows that could not be read and were set aside, by all threads of a run.</summary>
sealed class CsvRejects
{
    readonly ConcurrentDictionary<string, long> _byCode = new();

    /// <summary>Rows set aside so far.</summary>
    public long Rows => _byCode.Values.Sum();

    /// <summary>How many for each error code.</summary>
    public IReadOnlyDictionary<string, long> ByCode => _byCode;

    /// <summary>Sets a row aside.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="at">Where it begins in the (uncompressed) file.</param>
    /// <param name="fault">What is wrong with it.</param>
    /// <param name="raw">Its bytes as they stand in the file, without the line end.</param>
    public void Add(CsvFile file, long at, Fault fault, ReadOnlySpan<byte> raw) => _byCode.AddOrUpdate(fault.Code, 1, (_, n) => n + 1);
}
