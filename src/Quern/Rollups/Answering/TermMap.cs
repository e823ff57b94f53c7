using Quern.Folding.Expressions;
using Quern.Folding.Planning;
using Quern.Folding.Results;

namespace Quern.Rollups.Answering;

/// <summary>How the codes of a key of a grain give a value of a query: as they are, or as a coarser bucket of time.</summary>
/// <param name="Key">Position of the key in the grain.</param>
/// <param name="From">What the codes of the key stand for.</param>
/// <param name="To">What the codes of the value stand for; the same for as they are.</param>
/// <param name="Finer">The bucket that the key is; null for as they are.</param>
sealed record TermMap(int Key, KeyDomain From, KeyDomain To, TimeBucket? Finer)
{
    uint[]? _codes;

    /// <summary>The codes of the key are those of the value.</summary>
    public bool IsSame => Finer is null;

    /// <summary>The map of a key as it is.</summary>
    public static TermMap Same(int key, KeyDomain domain) => new(key, domain, domain, null);

    /// <summary>The map of a key of buckets to coarser ones.</summary>
    public static TermMap Coarser(int key, LinearDomain from, TimeBucket finer, TimeBucket coarser)
    {
        if (finer == coarser) return Same(key, from);
        var first = Buckets.Coarsen(finer, coarser, from.First);
        var count = from.Count == 0 ? 0 : (uint)(Buckets.Coarsen(finer, coarser, from.First + from.Count - 1) - first + 1);
        return new(key, from, new LinearDomain(Nesting.TypeOf(coarser), first, count, coarser), finer);
    }

    /// <summary>The code of the value for a code of the key.</summary>
    public uint this[uint code]
    {
        get
        {
            if (IsSame) return code;
            if (code == From.Null) return To.Null;
            var (from, to) = ((LinearDomain)From, (LinearDomain)To);
            return (uint)(Buckets.Coarsen(Finer!.Value, to.Bucket!.Value, from.First + code) - to.First);
        }
    }

    /// <summary>Codes of the value by codes of the key; kept, as it takes a while for long domains.</summary>
    public uint[] Codes
    {
        get
        {
            if (_codes is { } kept) return kept;
            var codes = new uint[From.Count + 1];
            for (var code = 0u; code < codes.Length; code++) codes[code] = this[code];
            return _codes = codes;
        }
    }
}
