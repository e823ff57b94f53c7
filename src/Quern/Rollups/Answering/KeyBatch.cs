using Quern.Rollups.Store;

namespace Quern.Rollups.Answering;

/// <summary>Codes of the keys of a run of rows, decoded when they are first asked for.</summary>
/// <param name="keys">How many keys the grain has.</param>
sealed class KeyBatch(int keys)
{
    /// <summary>Rows of a run.</summary>
    public const int Capacity = 4096;

    readonly uint[]?[] _codes = new uint[keys][];
    readonly bool[] _isDecoded = new bool[keys];
    int _from;
    int _rows;

    /// <summary>Numbers in the run of the rows that are left.</summary>
    public int[] Rows { get; } = new int[Capacity];

    /// <summary>The groups of the rows that are left.</summary>
    public int[] Slots { get; } = new int[Capacity];

    /// <summary>How many rows are left.</summary>
    public int Count { get; set; }

    /// <summary>The first row of the run in its block.</summary>
    public int From => _from;

    /// <summary>Takes on another run; all its rows are left.</summary>
    public void Begin(int from, int rows)
    {
        (_from, _rows) = (from, rows);
        _isDecoded.AsSpan().Clear();
        for (var i = 0; i < rows; i++) Rows[i] = i;
        Count = rows;
    }

    /// <summary>Codes of a key, of all rows of the run.</summary>
    public ReadOnlySpan<uint> Codes(GrainBlock block, int key)
    {
        var codes = _codes[key] ??= new uint[Capacity];
        if (!_isDecoded[key]) block.Key(key).CopyTo(_from, codes.AsSpan(0, _rows));
        _isDecoded[key] = true;
        return codes.AsSpan(0, _rows);
    }
}
