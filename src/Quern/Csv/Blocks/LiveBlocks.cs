namespace Quern.Csv.Blocks;

/// <summary>The blocks of an input that comes once and that readers have in memory. Where a message is about, and what stands
/// there, is asked for by the reader that has the block.</summary>
sealed class LiveBlocks
{
    readonly object _gate = new();
    readonly List<Block> _blocks = [];

    /// <summary>Adds a block.</summary>
    public void Add(Block block)
    {
        lock (_gate) _blocks.Add(block);
    }

    /// <summary>Forgets a block.</summary>
    public void Remove(Block block)
    {
        lock (_gate) _blocks.Remove(block);
    }

    /// <summary>The line of a byte of the content, from 1; 0 when it is in no block.</summary>
    public long Line(long offset)
    {
        if (Find(offset) is not { } block) return 0;
        var afterReturn = block.Border.IsBehindReturn;
        return block.Line + LineCount.Ends(block.Memory.Span(0, (int)(offset - block.Offset)), ref afterReturn);
    }

    /// <summary>Bytes from a place on; none when it is in no block.</summary>
    public byte[] Bytes(long offset, int most)
    {
        if (Find(offset) is not { } block) return [];
        var start = (int)(offset - block.Offset);
        return block.Memory.Span(start, Math.Min(most, block.Length - start)).ToArray();
    }

    Block? Find(long offset)
    {
        // Where a block ends, the next one begins: of two the later has the byte.
        lock (_gate) return _blocks.FindLast(block => offset >= block.Offset && offset <= block.Offset + block.Length);
    }
}
