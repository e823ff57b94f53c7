using Quern.Chunks;
using Quern.Csv.Blocks;
using Quern.Files;

namespace Quern.Csv;

/// <summary>One pass over the files of a <see cref="CsvRead"/>, by any number of threads: each opens a reader of its own, and
/// together they read every row once.</summary>
sealed class CsvPass : IDisposable
{
    readonly CsvRead _read;
    readonly IReadOnlyList<int> _columns;
    readonly BlockQueue _queue;

    /// <summary>Starts to read.</summary>
    /// <param name="read">What is read.</param>
    /// <param name="columns">Positions of the columns to parse, in the order of the sink; all by default.</param>
    /// <param name="keepsOrder">Blocks are dealt so that their order can be brought back with little memory.</param>
    public CsvPass(CsvRead read, IReadOnlyList<int>? columns = null, bool keepsOrder = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(read.BlockBytes, 1, nameof(read));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(read.BlockBytes, CsvRead.MostBytes, nameof(read));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(read.MaxRowBytes, CsvRead.MostBytes, nameof(read));
        ArgumentOutOfRangeException.ThrowIfLessThan(read.Columns.Count, 1, nameof(read));
        read.Dialect.Check();
        // Who counts lines and looks for places has the file alone.
        if (read.Dialect.Encoding != CsvEncoding.Utf8)
            read = read with { Files = [.. read.Files.Select(f => f with { Encoding = f.Encoding ?? read.Dialect.Encoding })] };
        foreach (var column in read.Columns) column.Check();
        ExpectRows(read);
        _read = read;
        _columns = columns ?? [.. Enumerable.Range(0, read.Columns.Count)];
        _queue = new(read, keepsOrder);
        var schema = read.Schema;
        Schema = new([.. _columns.Select(c => schema[c])]);
    }

    /// <summary>The sizes of the files say how many rows there can be at most, when they are those of the rows.</summary>
    static void ExpectRows(CsvRead read)
    {
        if (read.Rejects is null || read.Files.Any(file => file.Encoding is not null and not CsvEncoding.Utf8)) return;
        var bytes = 0L;
        foreach (var file in read.Files)
        {
            var isCompressed = file.Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                || file.Path.EndsWith(".zst", StringComparison.OrdinalIgnoreCase);
            if (isCompressed || FileStat.TryRead(file.Path) is not { Kind: FileKind.Regular } stat) return;
            bytes += stat.SizeBytes;
        }
        read.Rejects.Expect(bytes);
    }

    /// <summary>The columns that readers fill.</summary>
    public Schema Schema { get; }

    /// <summary>A reader for one more thread.</summary>
    /// <param name="isOnly">The pass has no other one, so faults come in the order of the rows.</param>
    public CsvReader OpenReader(bool isOnly = false) => new(_read, _columns, _queue, isOnly);

    /// <summary>How many blocks a file has; null when that is not known yet.</summary>
    public int? BlockCount(int file) => _queue.Count(file);

    /// <summary>How many files there are.</summary>
    public int FileCount => _read.Files.Count;

    /// <summary>Closes the files, when all readers are done.</summary>
    public void Dispose() => _queue.Dispose();
}
