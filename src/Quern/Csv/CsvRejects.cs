using System.Collections.Concurrent;
using System.Globalization;
using Quern.Csv.Rejects;

namespace Quern.Csv;

/// <summary>Rows that could not be read and were set aside, by all threads of a run.</summary>
/// <remarks>
/// <para>A bad value of a column that says <see cref="OnBad.Fail"/>, a text that is not UTF-8, a row of another width, a field that
/// goes on behind its quotes and a line end of another kind set aside the row they stand in; reading goes on behind its line
/// end. A quote that is never closed takes all lines up to the end of the file into its row, and all of them are set aside as
/// that one row, which says so; a row longer than <see cref="CsvRead.MaxRowBytes"/> ends the read, with rejects or without.
/// Cells of columns that a query does not ask for are not looked at.</para>
/// <para>Who starts a run makes one, reads once, asks <see cref="Judge"/> before outputs are put in place, and calls
/// <see cref="Complete"/> in any case: what was set aside is of most use when it was too much.</para>
/// </remarks>
/// <param name="limit">How many are allowed. Default: null, any number.</param>
/// <param name="path">Where they go: CSV with the columns <c>source, line, byte, column, code, message, raw</c>; <c>raw</c> has the
/// bytes of the file, which need not be UTF-8 (of files in another encoding, what they are in UTF-8). Default: null, they are only
/// counted.</param>
/// <param name="name">How messages name the file. Default: its path.</param>
sealed class CsvRejects(RejectLimit? limit = null, string? path = null, string? name = null) : IDisposable
{
    /// <summary>Rows that must have been read before a limit in percent is held against a part of an input whose size nobody
    /// knows: a hundred thousand.</summary>
    public const long LeastJudged = 100_000;

    /// <summary>Of a row, its line end included, the least bytes: a blank line may be one.</summary>
    const int LeastRowBytes = 1;

    readonly ConcurrentDictionary<string, long> _byCode = new();
    readonly object _gate = new();
    readonly RejectSpool? _spool = path is null ? null : new(path, name);
    long _rows;
    long _read;
    long _settled;
    long _bytes;
    long _allBytes = long.MaxValue;
    bool _isComplete;

    /// <summary>Is told of each row that is set aside, by all threads. Default: null, nobody.</summary>
    public Action<CsvReject>? Told { get; init; }

    /// <summary>Rows set aside so far.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>How many for each error code.</summary>
    public IReadOnlyDictionary<string, long> ByCode => _byCode;

    /// <summary>Sets a row aside.</summary>
    /// <param name="row">Where it stands, and what is wrong.</param>
    /// <param name="raw">Its bytes as they stand in the file, without the line end.</param>
    /// <exception cref="QuernException">QN3005: more rows than the limit allows, however many follow. QN8006: the disk is full.</exception>
    public void Add(CsvReject row, ReadOnlySpan<byte> raw)
    {
        Put(row, raw);
        if (limit is not null && limit.IsExceeded(Rows, MostRows())) throw Exceeded();
    }

    /// <summary>Sets a row aside that was found out later; <see cref="Judge"/> says whether there are too many.</summary>
    /// <inheritdoc cref="Add"/>
    public void Put(CsvReject row, ReadOnlySpan<byte> raw)
    {
        _byCode.AddOrUpdate(row.Code, 1, (_, n) => n + 1);
        Interlocked.Increment(ref _rows);
        Told?.Invoke(row);
        if (_spool is null) return;
        lock (_gate) _spool.Add(row, raw);
    }

    /// <summary>Says how many bytes the files have, for a limit in percent to be told early.</summary>
    public void Expect(long bytes) => Interlocked.CompareExchange(ref _allBytes, bytes, long.MaxValue);

    /// <summary>Counts rows that were found, good or bad, and their bytes.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="bytes">Their bytes.</param>
    /// <param name="rejected">How many of them were set aside.</param>
    /// <exception cref="QuernException">QN3005: nobody knows how many follow, and of at least <see cref="LeastJudged"/> rows so far more
    /// were set aside than a limit in percent allows.</exception>
    public void Found(long rows, long bytes, long rejected)
    {
        // Rejected rows are counted last: what another thread has counted of its rows only in part does not speak against them.
        var read = Interlocked.Add(ref _read, rows);
        Interlocked.Add(ref _bytes, bytes);
        var settled = Interlocked.Add(ref _settled, rejected);
        if (limit?.Percent is null || settled == 0 || read < LeastJudged || Interlocked.Read(ref _allBytes) != long.MaxValue) return;
        if (limit.IsExceeded(settled, Interlocked.Read(ref _read))) throw Exceeded();
    }

    /// <summary>Finds out whether so many rows more, which come later, are too many in any case.</summary>
    /// <exception cref="QuernException">QN3005.</exception>
    public void CheckLimit(long more)
    {
        if (limit?.Rows is { } most && Rows + more > most) throw Exceeded();
    }

    /// <summary>Forgets all, because the read begins again.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _spool?.Clear();
            _byCode.Clear();
            (_rows, _read, _bytes, _settled) = (0, 0, 0, 0);
        }
    }

    /// <summary>Finds out, at the end of the read, whether too many rows were set aside.</summary>
    /// <exception cref="QuernException">QN3005.</exception>
    public void Judge()
    {
        if (limit is not null && limit.IsExceeded(Rows, Interlocked.Read(ref _read))) throw Exceeded();
    }

    /// <summary>Puts the file in place, with no row but the header when none was set aside; in the order of the files and rows as
    /// long as there are no more than <see cref="RejectSpool.MostSorted"/>. Nothing when it is only counted.</summary>
    /// <exception cref="QuernException">The file cannot be written: see <see cref="Quern.Files.AtomicFile"/>.</exception>
    public void Complete()
    {
        if (_spool is null || _isComplete) return;
        _isComplete = true;
        lock (_gate) _spool.Complete();
    }

    /// <summary>Without <see cref="Complete"/>: leaves nothing.</summary>
    public void Dispose() => _spool?.Dispose();

    /// <summary>How many rows the files have at most.</summary>
    long MostRows()
    {
        var all = Interlocked.Read(ref _allBytes);
        return all == long.MaxValue ? all : Interlocked.Read(ref _read) + (Math.Max(all - Interlocked.Read(ref _bytes), 0) / LeastRowBytes);
    }

    QuernException Exceeded() => new(new Fault("QN3005", "more rows cannot be read than the limit allows")
    {
        Where = name ?? path,
        Value = string.Create(
            CultureInfo.InvariantCulture,
            $"{Rows:N0} row{(Rows == 1 ? "" : "s")} set aside of {Math.Max(Interlocked.Read(ref _read), Rows):N0} read so far"),
        Wanted = $"at most {limit!.Text}{(limit.Rows is null ? " of the rows" : "")}",
        Try =
        [
            path is null ? "look at what is wrong with them" : $"look at {name ?? path}: it says of each what is wrong",
            "--max-rejects N|P%     allows more",
        ],
    });
}
