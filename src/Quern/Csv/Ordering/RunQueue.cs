using Quern.Csv.Blocks;

namespace Quern.Csv.Ordering;

/// <summary>Deals runs of blocks to threads in the order of the files, so that each thread has many rows that follow each other. Where
/// blocks begin is found out ahead, by a look at quotes, so nobody waits for who reads the rows in front.</summary>
/// <remarks>Runs depend on the files alone: not on who takes them, nor when.</remarks>
/// <param name="read">What is read: files whose bytes can be read anywhere.</param>
/// <param name="rows">Rows of a run, at most, unless a single block has more. Lines are counted for them, so rows of many lines are
/// fewer.</param>
sealed class RunQueue(CsvRead read, int rows) : IDisposable
{
    /// <summary>Files of a run are open at the same time.</summary>
    const int MostFiles = 64;

    readonly object _gate = new();
    readonly List<PlainSource> _sources = [];
    readonly BlockMemory _memory = read.Memory(read.BlockBytes);
    PlainSource? _open;
    (PlainSource Source, int File, int Block, long Lines)? _next;
    int _file = -1;
    int _runs;
    bool _isStopped;

    /// <summary>True when the files can be dealt in runs.</summary>
    public static bool CanDeal(CsvRead read) => read.Files.All(file => CsvContent.IsPlain(file) && file.Encoding is null or CsvEncoding.Utf8)
        && read.Dialect.Encoding == CsvEncoding.Utf8;

    /// <summary>The next run; false when there is none.</summary>
    public bool Next(CsvRun run)
    {
        run.Blocks.Clear();
        run.Failure = null;
        lock (_gate)
        {
            if (_isStopped) return false;
            try
            {
                Deal(run);
            }
            catch (Exception failure)
            {
                run.Failure = failure;
                _isStopped = true;
            }
            if (run.Blocks.Count == 0 && run.Failure is null) return false;
            run.Number = _runs++;
            return true;
        }
    }

    /// <summary>No more runs are dealt.</summary>
    public void Stop()
    {
        lock (_gate) _isStopped = true;
    }

    /// <summary>Closes the files, when all blocks are done.</summary>
    public void Dispose()
    {
        foreach (var source in _sources) source.Dispose();
        _memory.Dispose();
    }

    void Deal(CsvRun run)
    {
        var (lines, first) = (0L, _next?.File ?? _file);
        while (_file - first < MostFiles)
        {
            if (Look() is not { } next) return;
            if (run.Blocks.Count > 0 && lines + next.Lines > rows) return;
            run.Blocks.Add((next.Source, next.File, next.Block));
            lines += next.Lines;
            _next = null;
        }
    }

    /// <summary>The next block, with the lines in it and one more, for the row that a file may begin or end with.</summary>
    (PlainSource Source, int File, int Block, long Lines)? Look()
    {
        while (_next is null)
        {
            if (_open is not null && _open.TryTake(out var block))
            {
                _next = (_open, _file, block, _open.Scan(block, _memory) + (block == 0 ? 2 : 0));
                break;
            }
            if (_file + 1 >= read.Files.Count) return null;
            _open = new PlainSource(read, read.Files[++_file], _memory);
            _sources.RemoveAll(source => source.IsDone);
            _sources.Add(_open);
        }
        return _next;
    }
}
