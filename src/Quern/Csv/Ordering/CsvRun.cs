using Quern.Csv.Blocks;

namespace Quern.Csv.Ordering;

/// <summary>Blocks that follow each other, of one file or of several, whose rows one thread reads.</summary>
sealed class CsvRun
{
    /// <summary>Which one, from 0.</summary>
    public int Number { get; set; }

    /// <summary>The blocks; each is loaded once.</summary>
    public List<(PlainSource Source, int File, int Block)> Blocks { get; } = [];

    /// <summary>What stands behind them in place of more rows: a file cannot be read. Null for nothing.</summary>
    public Exception? Failure { get; set; }
}
