using System.Text;
using Quern.Chunks;
using Quern.Folding.Expressions;
using Quern.Folding.Results;

namespace Quern.Rollups.Answering;

/// <summary>Codes of a key, written out when they are shown.</summary>
sealed class CodeColumn(KeyDomain domain, TimeBucket? bucket, uint[] codes) : ResultColumn(domain.Type, bucket)
{
    public override int Rows => codes.Length;

    public override bool IsNull(int row) => codes[row] >= domain.Count;

    public override void Write(CellBuffer to, int row)
    {
        if (domain is TextDomain texts) to.Add(texts[codes[row]]);
        else to.Add(Type, Bucket, DomainValues.Number(domain, codes[row]));
    }

    public override object? Value(int row) => IsNull(row) ? null
        : domain is TextDomain texts ? Encoding.UTF8.GetString(texts[codes[row]])
        : Numbers.Value(Type, Bucket, DomainValues.Number(domain, codes[row]));

    public override ResultColumn Take(int[] rows) => new CodeColumn(domain, Bucket, Array.ConvertAll(rows, r => codes[r]));

    public override IEnumerable<ulong[]> SortKeys() => [Array.ConvertAll(domain.IsSorted ? codes : Ranks(), c => (ulong)c)];

    uint[] Ranks()
    {
        var texts = (TextDomain)domain;
        var order = codes.Where(c => c < domain.Count).Distinct().ToArray();
        Array.Sort(order, (a, b) => texts[a].SequenceCompareTo(texts[b]));
        var ranks = new Dictionary<uint, uint> { [domain.Null] = (uint)order.Length };
        for (var i = 0u; i < order.Length; i++) ranks[order[i]] = i;
        return Array.ConvertAll(codes, c => ranks[c]);
    }

    static class Numbers
    {
        public static object Value(LogicalType type, TimeBucket? bucket, long number) => NumberColumn.Boxed(type, bucket, number);
    }
}
