namespace Quern.Rollups.Answering;

/// <summary>Some codes of a key, as ranges: what a condition leaves of its domain. Computed once for each query, not for each row.</summary>
/// <param name="ranges">From and to (without it), ascending, neither touching nor overlapping.</param>
sealed class CodeSet(IReadOnlyList<(uint From, uint To)> ranges)
{
    /// <summary>No code.</summary>
    public static CodeSet None { get; } = new([]);

    /// <summary>From and to (without it), ascending.</summary>
    public IReadOnlyList<(uint From, uint To)> Ranges { get; } = ranges;

    /// <summary>No code.</summary>
    public bool IsEmpty => Ranges.Count == 0;

    /// <summary>The least code.</summary>
    public uint First => Ranges[0].From;

    /// <summary>The greatest code.</summary>
    public uint Last => Ranges[^1].To - 1;

    /// <summary>Codes from one to another, without it.</summary>
    public static CodeSet Of(uint from, uint to) => from < to ? new([(from, to)]) : None;

    /// <summary>Whether codes from one to another, with it, may be among them.</summary>
    public bool Meets(uint low, uint high)
    {
        foreach (var (from, to) in Ranges)
            if (from <= high && to > low) return true;
        return false;
    }

    /// <summary>All codes from one to another, with it, are among them.</summary>
    public bool Covers(uint low, uint high)
    {
        foreach (var (from, to) in Ranges)
            if (from <= low && to > high) return true;
        return false;
    }

    /// <summary>The codes of both.</summary>
    public CodeSet And(CodeSet other)
    {
        var both = new List<(uint, uint)>();
        for (int i = 0, j = 0; i < Ranges.Count && j < other.Ranges.Count;)
        {
            var (a, b) = (Ranges[i], other.Ranges[j]);
            var (from, to) = (Math.Max(a.From, b.From), Math.Min(a.To, b.To));
            if (from < to) both.Add((from, to));
            if (a.To < b.To) i++;
            else j++;
        }
        return new(both);
    }

    /// <summary>The codes of one or the other.</summary>
    public CodeSet Or(CodeSet other) => Union([.. Ranges, .. other.Ranges]);

    /// <summary>The other codes below a number.</summary>
    public CodeSet Not(uint count)
    {
        var others = new List<(uint, uint)>();
        var next = 0u;
        foreach (var (from, to) in Ranges)
        {
            if (from >= count) break;
            if (from > next) others.Add((next, from));
            next = Math.Min(to, count);
        }
        if (next < count) others.Add((next, count));
        return new(others);
    }

    /// <summary>Ranges in any order as a set.</summary>
    public static CodeSet Union(List<(uint From, uint To)> ranges)
    {
        ranges.Sort();
        var all = new List<(uint From, uint To)>();
        foreach (var range in ranges)
        {
            if (range.From >= range.To) continue;
            if (all.Count > 0 && all[^1].To >= range.From) all[^1] = (all[^1].From, Math.Max(all[^1].To, range.To));
            else all.Add(range);
        }
        return new(all);
    }

    /// <summary>A bit for each code below a number; for tests of single codes when there are many ranges.</summary>
    public ulong[] Bits(uint count)
    {
        var bits = new ulong[(count + 63) / 64];
        foreach (var (from, to) in Ranges)
            for (var code = from; code < to; code++) bits[code >> 6] |= 1UL << (int)(code & 63);
        return bits;
    }
}
