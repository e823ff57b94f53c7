namespace Quern.Rollups.Store;

/// <summary>A grain of a store that is open: sorted by its keys, first key first, in blocks that are read when they are asked for. Any
/// number of threads may read.</summary>
sealed class StoredGrain
{
    readonly GrainFile _file;

    internal StoredGrain(string name, IReadOnlyList<StoredKey> keys, IReadOnlyList<StoredMeasure> measures, long rows, GrainFile file)
    {
        Name = name;
        Keys = keys;
        Measures = measures;
        Rows = rows;
        _file = file;
        Blocks = (int)((rows + GrainFormat.BlockRows - 1) / GrainFormat.BlockRows);
    }

    /// <summary>As the fold names it.</summary>
    public string Name { get; }

    /// <summary>In the order by which the rows are sorted.</summary>
    public IReadOnlyList<StoredKey> Keys { get; }

    /// <summary>The same in all grains of a store.</summary>
    public IReadOnlyList<StoredMeasure> Measures { get; }

    /// <summary>How many groups.</summary>
    public long Rows { get; }

    /// <summary>How many blocks, of <see cref="GrainFormat.BlockRows"/> rows each but the last.</summary>
    public int Blocks { get; }

    /// <summary>A block. Its checksum is verified the first time.</summary>
    /// <param name="block">From 0.</param>
    /// <exception cref="QuernException">QN7504 to QN7506: the file is missing or damaged.</exception>
    public GrainBlock this[int block] => _file.Block(block);

    /// <summary>The least code of a key in a block; known without reading the block.</summary>
    /// <exception cref="QuernException">QN7504 to QN7506: the file is missing or damaged.</exception>
    public uint Low(int block, int key) => _file.Entries(block)[key].Low;

    /// <summary>The greatest code of a key in a block; known without reading the block.</summary>
    /// <exception cref="QuernException">QN7504 to QN7506: the file is missing or damaged.</exception>
    public uint High(int block, int key) => _file.Entries(block)[key].High;

    /// <summary>Position of a key; -1 when the grain has none of that name.</summary>
    public int KeyOf(string name)
    {
        for (var i = 0; i < Keys.Count; i++)
            if (string.Equals(Keys[i].Name, name, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }
}
