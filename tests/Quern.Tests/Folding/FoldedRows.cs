using System.Globalization;
using System.Text;
using Quern.Chunks;
using Quern.Folding.Planning;
using Quern.Folding.Results;

namespace Quern.Tests.Folding;

/// <summary>Keeps the groups of a fold as texts, and checks that they ascend.</summary>
sealed class FoldedRows : FoldSink
{
    readonly Lock _gate = new();
    readonly Dictionary<int, uint[]> _last = [];
    FoldPlan _plan = null!;
    IReadOnlyDictionary<string, KeyDomain> _domains = null!;

    /// <summary>Groups by the name of the grain: keys by name, then counts and states.</summary>
    public Dictionary<string, List<string>> Grains { get; } = [];

    /// <summary>Calls with groups.</summary>
    public int Calls { get; private set; }

    public override void Begin(FoldPlan plan, IReadOnlyDictionary<string, KeyDomain> domains)
    {
        (_plan, _domains) = (plan, domains);
        foreach (var grain in plan.Grains) Grains[grain.Name] = [];
    }

    public override void Take(int grain, GrainRows rows)
    {
        lock (_gate)
        {
            Calls++;
            var keys = _plan.Grains[grain].Keys;
            for (var i = 0; i < rows.Rows; i++)
            {
                var codes = rows.Keys.Select(k => k[i]).ToArray();
                if (_last.TryGetValue(grain, out var last)) Assert.True(Compare(last, codes) < 0, $"{_plan.Grains[grain].Name}: groups do not ascend");
                _last[grain] = codes;
                Grains[_plan.Grains[grain].Name].Add(Shown(keys, codes, rows, i));
            }
        }
    }

    string Shown(IReadOnlyList<int> keys, uint[] codes, GrainRows rows, int row)
    {
        var text = new StringBuilder();
        foreach (var (key, code) in keys.Zip(codes).OrderBy(k => _plan.Keys[k.First].Name, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{_plan.Keys[key].Name}={Value(_domains[_plan.Keys[key].Name], code)} ");
        text.Append(CultureInfo.InvariantCulture, $"rows={rows.Counts[row]}");
        for (var m = 0; m < rows.Measures.Count; m++)
        {
            var (of, isDouble, scale) = (rows.Measures[m], _plan.Measures[m].Kind == MeasureKind.Double, _plan.Measures[m].Type.Scale);
            text.Append(CultureInfo.InvariantCulture, $" | n={of.Counts[row]}");
            if (of.Counts[row] == 0) continue;
            if (of.Sums is not null) text.Append(CultureInfo.InvariantCulture, $" sum={of.Sums[row]:R}");
            if (of.WholeSums is not null) text.Append(CultureInfo.InvariantCulture, $" sum={of.WholeSums[row]}");
            if (of.Min is not null) text.Append(CultureInfo.InvariantCulture, $" min={State(of.Min[row], isDouble)}");
            if (of.Max is not null) text.Append(CultureInfo.InvariantCulture, $" max={State(of.Max[row], isDouble)}");
            if (of.SumSquares is not null) text.Append(CultureInfo.InvariantCulture, $" squares={of.SumSquares[row]:R}");
        }
        return text.ToString();
    }

    static string State(long value, bool isDouble) =>
        isDouble ? BitConverter.Int64BitsToDouble(value).ToString("R", CultureInfo.InvariantCulture) : value.ToString(CultureInfo.InvariantCulture);

    static string Value(KeyDomain domain, uint code)
    {
        if (code == domain.Null) return "NULL";
        Assert.True(code < domain.Count, "a code has a value");
        return domain switch
        {
            TextDomain texts => $"'{Encoding.UTF8.GetString(texts[code])}'",
            LinearDomain { Type.Kind: TypeKind.Boolean } truth => truth.First + code == 0 ? "false" : "true",
            LinearDomain linear => (linear.First + code).ToString(CultureInfo.InvariantCulture),
            NumberDomain numbers => numbers.Values.Span[(int)code].ToString(CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException(),
        };
    }

    static int Compare(uint[] one, uint[] other)
    {
        for (var i = 0; i < one.Length; i++)
            if (one[i] != other[i]) return one[i].CompareTo(other[i]);
        return 0;
    }
}
