namespace Quern.Folding.Kernel.Tables;

/// <summary>Numbers the groups of a table: the codes of its keys as the digits of one number, the first key's digit in front.</summary>
sealed class KeyShape
{
    readonly uint[] _first;
    readonly ulong[] _size;
    readonly ulong[] _stride;

    /// <summary>A shape for some ranges of codes.</summary>
    /// <param name="ranges">The first code of each key, and how many.</param>
    public KeyShape(ReadOnlySpan<(uint First, ulong Size)> ranges)
    {
        (_first, _size, _stride) = (new uint[ranges.Length], new ulong[ranges.Length], new ulong[ranges.Length]);
        var product = UInt128.One;
        for (var k = ranges.Length - 1; k >= 0; k--)
        {
            (_first[k], _size[k], _stride[k]) = (ranges[k].First, ranges[k].Size, (ulong)product);
            product *= ranges[k].Size;
            if (product > ulong.MaxValue / 2) throw new Planning.NotCovered("a grain has more groups than 63 bits can number");
        }
        Groups = (ulong)product;
    }

    /// <summary>How many groups there could be.</summary>
    public ulong Groups { get; }

    /// <summary>How many codes a key has.</summary>
    public ulong Size(int key) => _size[key];

    /// <summary>What a step of a key's code adds.</summary>
    public ulong Stride(int key) => _stride[key];

    /// <summary>The first code of a key.</summary>
    public uint First(int key) => _first[key];

    /// <summary>A key has one code only.</summary>
    public bool IsConstant(int key) => _size[key] == 1;

    /// <summary>The code of a key in the number of a group.</summary>
    public uint Code(int key, ulong group) => _first[key] + (uint)(group / _stride[key] % _size[key]);
}
