namespace Quern.Csv.Blocks;

/// <summary>Bytes of a file that one reader works on: the rows that begin in its first <see cref="Own"/> bytes are its rows,
/// and their last bytes may lie behind.</summary>
/// <param name="memory">Disposed with it.</param>
sealed class Block(BlockMemory memory) : IDisposable
{
    /// <summary>Where the bytes lie; the block's first one at 0.</summary>
    public BlockMemory Memory { get; } = memory;

    /// <summary>The file.</summary>
    public BlockSource? Source { get; set; }

    /// <summary>Which of the files it is, from 0; -1 before the first block, and while the next one is looked for.</summary>
    public int FileIndex { get; set; } = -1;

    /// <summary>Which block of its file it is, from 0.</summary>
    public int Index { get; set; }

    /// <summary>Place of the first byte in the (uncompressed) file.</summary>
    public long Offset { get; set; }

    /// <summary>The line of the first byte, from 1; 0 when lines are not counted.</summary>
    public long Line { get; set; }

    /// <summary>Rows that begin before this byte belong to the block.</summary>
    public int Own { get; set; }

    /// <summary>Bytes that are loaded.</summary>
    public int Length { get; set; }

    /// <summary>No byte follows in the file.</summary>
    public bool IsLast { get; set; }

    /// <summary>What its beginning is.</summary>
    public Border Border { get; set; }

    /// <summary>Frees the memory.</summary>
    public void Dispose() => Memory.Dispose();
}
