using System.Text;
using Quern.Folding.Expressions;
using Quern.Folding.Results;

namespace Quern.Rollups.Answering;

/// <summary>
/// The codes of a key for which a condition on one value holds. Domains are sorted, so a comparison is two binary searches, whatever the number
/// of codes; a pattern looks at each text once. NULL is never among the codes of a comparison, nor among those of its contrary.
/// </summary>
static class LeafCodes
{
    /// <summary>The codes for which a condition holds.</summary>
    /// <param name="leaf">A comparison, in, between, is null or like, of one value with constants.</param>
    /// <param name="map">How the key gives the value.</param>
    /// <param name="isNot">The contrary is meant.</param>
    public static CodeSet Of(Expression leaf, TermMap map, bool isNot)
    {
        var count = map.From.Count;
        if (leaf is IsNullTerm) return isNot ? CodeSet.Of(0, count) : CodeSet.Of(count, count + 1);
        var holds = Of(leaf, map);
        return isNot ? holds.Not(count) : holds;
    }

    static CodeSet Of(Expression leaf, TermMap map) => leaf switch
    {
        CompareTerm compare => Compared(compare.How, ((Constant)compare.Right).Value!, map),
        BetweenTerm between => Compared(Comparison.GreaterOrEqual, ((Constant)between.From).Value!, map)
            .And(Compared(Comparison.LessOrEqual, ((Constant)between.To).Value!, map)),
        InTerm some => CodeSet.Union([.. some.Values.SelectMany(v => Compared(Comparison.Equal, v.Value!, map).Ranges)]),
        LikeTerm like => Matching((TextDomain)map.From, like),
        _ => throw new ArgumentException($"no condition on one value: {leaf.GetType().Name}", nameof(leaf)),
    };

    static CodeSet Compared(Comparison how, object constant, TermMap map)
    {
        var count = map.From.Count;
        var operand = DomainValues.Prepare(map.To.Type, constant);
        if (!map.From.IsSorted) return Scanned(how, operand, map);
        return how switch
        {
            Comparison.Equal => CodeSet.Of(Below(map, operand, false), Below(map, operand, true)),
            Comparison.NotEqual => CodeSet.Of(Below(map, operand, false), Below(map, operand, true)).Not(count),
            Comparison.Less => CodeSet.Of(0, Below(map, operand, false)),
            Comparison.LessOrEqual => CodeSet.Of(0, Below(map, operand, true)),
            Comparison.Greater => CodeSet.Of(Below(map, operand, true), count),
            _ => CodeSet.Of(Below(map, operand, false), count),
        };
    }

    // How many codes have values below a constant, or not above it.
    static uint Below(TermMap map, DomainValues.Operand constant, bool orEqual)
    {
        var (low, high) = (0u, map.From.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var order = DomainValues.Compare(map.To, map[middle], constant);
            if (order < 0 || orEqual && order == 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    static CodeSet Scanned(Comparison how, DomainValues.Operand constant, TermMap map)
    {
        var ranges = new List<(uint, uint)>();
        for (var code = 0u; code < map.From.Count; code++)
        {
            var order = DomainValues.Compare(map.From, code, constant);
            var holds = how switch
            {
                Comparison.Equal => order == 0,
                Comparison.NotEqual => order != 0,
                Comparison.Less => order < 0,
                Comparison.LessOrEqual => order <= 0,
                Comparison.Greater => order > 0,
                _ => order >= 0,
            };
            if (holds) ranges.Add((code, code + 1));
        }
        return CodeSet.Union(ranges);
    }

    static CodeSet Matching(TextDomain texts, LikeTerm like)
    {
        var pattern = new LikePattern(like.Pattern, like.Escape);
        var ranges = new List<(uint, uint)>();
        for (var code = 0u; code < texts.Count; code++)
            if (pattern.Matches(Encoding.UTF8.GetString(texts[code]))) ranges.Add((code, code + 1));
        return CodeSet.Union(ranges);
    }
}
