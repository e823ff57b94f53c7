using System.Runtime.ExceptionServices;

namespace Quern.Csv.Blocks;

/// <summary>
/// The borders of a file's blocks, each worked out from the one before. A thread that reads a block waits for its border,
/// says what the next one is, and parses its rows then, while others go on with the chain.
/// </summary>
/// <remarks>Nobody waits for long: whoever took a block reads it and answers for it at once, before its rows are asked for,
/// and answers with <see cref="Break"/> when that fails.</remarks>
/// <param name="blocks">How many the file has.</param>
/// <param name="line">The line of the first byte; 0 when lines are not counted.</param>
sealed class BorderChain(int blocks, long line)
{
    readonly object _gate = new();
    readonly Border[] _borders = [Border.First with { Line = line }, .. new Border[blocks]];
    int _known = 1;
    Exception? _failure;

    /// <summary>The border in front of a block, as soon as it is known; throws what another thread failed with.</summary>
    public Border Before(int block)
    {
        lock (_gate)
        {
            while (_failure is null && block >= _known) Monitor.Wait(_gate);
            if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
            return _borders[block];
        }
    }

    /// <summary>True when the border in front of a block was said already.</summary>
    public bool Knows(int block)
    {
        lock (_gate) return block < _known;
    }

    /// <summary>Says what stands behind a block.</summary>
    public void After(int block, Border border)
    {
        lock (_gate)
        {
            _borders[block + 1] = border;
            _known = block + 2;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Ends all waiting: a block cannot be read.</summary>
    public void Break(Exception failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
            Monitor.PulseAll(_gate);
        }
    }
}
