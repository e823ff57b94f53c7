using Quern.Folding.Expressions;
using Quern.Folding.Planning;
using Quern.Folding.Results;

namespace Quern.Folding.Kernel.Codes;

/// <summary>Makes the codes of a key out of those of its field, or of a finer bucket.</summary>
/// <param name="plan">The key.</param>
/// <param name="domain">What its codes stand for.</param>
/// <param name="size">Codes that there are, NULL's among them.</param>
sealed unsafe class KeyCodes(KeyPlan plan, KeyDomain domain, ulong size)
{
    /// <summary>Finer codes up to which all coarser ones are kept in a table.</summary>
    const uint MostTabled = 1 << 22;

    readonly Dictionary<TimeBucket, uint[]?> _tables = [];
    readonly Lock _gate = new();

    /// <summary>The key.</summary>
    public KeyPlan Plan => plan;

    /// <summary>What its codes stand for.</summary>
    public KeyDomain Domain => domain;

    /// <summary>Codes that there are, NULL's among them.</summary>
    public ulong Size => size;

    /// <summary>The codes of this key.</summary>
    /// <param name="fine">The finer key.</param>
    /// <param name="from">Its codes.</param>
    /// <param name="rows">How many.</param>
    /// <param name="to">The codes of this key.</param>
    public void From(KeyCodes fine, uint* from, int rows, uint* to) => From((LinearDomain)fine.Domain, fine.Plan.Bucket!.Value, from, rows, to);

    /// <inheritdoc cref="From(KeyCodes, uint*, int, uint*)"/>
    public void From(LinearDomain fine, TimeBucket bucket, uint* from, int rows, uint* to)
    {
        if (Table(fine, bucket) is { } table)
        {
            fixed (uint* codes = table)
                for (var i = 0; i < rows; i++) to[i] = codes[from[i]];
            return;
        }
        for (var i = 0; i < rows; i++) to[i] = Coarser(fine, bucket, from[i]);
    }

    /// <summary>The code of a coarser bucket.</summary>
    public uint Coarser(LinearDomain fine, TimeBucket bucket, uint code) => code == fine.Null
        ? domain.Null
        : (uint)(Buckets.Coarsen(bucket, plan.Bucket!.Value, fine.First + code) - ((LinearDomain)domain).First);

    uint[]? Table(LinearDomain fine, TimeBucket bucket)
    {
        lock (_gate)
        {
            if (_tables.TryGetValue(bucket, out var known)) return known;
            if (fine.Count > MostTabled) return _tables[bucket] = null;
            var table = new uint[fine.Count + 1];
            for (uint code = 0; code <= fine.Count; code++) table[code] = Coarser(fine, bucket, code);
            return _tables[bucket] = table;
        }
    }
}
