using Quern.Csv.Scanning;

namespace Quern.Csv.Blocks;

/// <summary>A file that is being read, block by block.</summary>
/// <param name="read">What is read.</param>
/// <param name="file">This one of its files.</param>
abstract class BlockSource(CsvRead read, CsvFile file) : IDisposable
{
    /// <summary>First read of a file, and what is read of the next block for the last row of one.</summary>
    public const int LookBytes = 8 << 10;

    /// <summary>The head of a file, its first record among it, is found in so many bytes, or it is too long.</summary>
    protected int MostHeadBytes => Math.Max(LookBytes, Read.MaxRowBytes);

    /// <summary>What is read.</summary>
    public CsvRead Read { get; } = read;

    /// <summary>The file.</summary>
    public CsvFile File { get; } = file;

    /// <summary>Cells of its rows.</summary>
    public int Width { get; } = file.Width ?? read.Columns.Count;

    /// <summary>A blank line is a row: of its only cell, which is NULL.</summary>
    public bool HasBlankRows { get; } = (file.Width ?? read.Columns.Count) == 1 && IsNullWhenEmpty(read, file);

    /// <summary>How its lines end; known once a block of it is loaded.</summary>
    public LineEnd LineEnd { get; protected set; }

    /// <summary>Lines are counted on the way: for rows that are set aside, and where nobody can count them later.</summary>
    protected bool CountsLines => Read.Rejects is not null || File.Once is not null;

    /// <summary>Loads more bytes behind those of a block, for its last row.</summary>
    /// <exception cref="QuernException">The file cannot be read.</exception>
    public abstract void Extend(Block block);

    /// <summary>Says that a block is done.</summary>
    public abstract void Release(Block block);

    /// <summary>Closes the file.</summary>
    public abstract void Dispose();

    /// <summary>A machine at the start of a row.</summary>
    public CellMachine Machine() => new(Read.Dialect, Read.ForceScalar) { LineEnd = LineEnd, IsRowStart = true };

    static bool IsNullWhenEmpty(CsvRead read, CsvFile file)
    {
        for (var i = 0; i < read.Columns.Count; i++)
        {
            if ((file.Positions?[i] ?? i) != 0) continue;
            var column = read.Columns[i];
            return column.Empty == OnEmpty.Null || (column.Nulls ?? read.Nulls).Contains("");
        }
        return false;
    }
}
