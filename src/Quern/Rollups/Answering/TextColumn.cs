using Quern.Chunks;

namespace Quern.Rollups.Answering;

/// <summary>Texts of the fallback.</summary>
sealed class TextColumn(LogicalType type, string?[] values) : ResultColumn(type, null)
{
    public override int Rows => values.Length;

    public override bool IsNull(int row) => values[row] is null;

    public override void Write(CellBuffer to, int row) => to.Add(values[row]!);

    public override object? Value(int row) => values[row];

    public override ResultColumn Take(int[] rows) => new TextColumn(Type, Array.ConvertAll(rows, r => values[r]));

    public override IEnumerable<ulong[]> SortKeys()
    {
        var order = values.OfType<string>().Distinct().Order(StringComparer.Ordinal).Select((v, i) => (v, i)).ToDictionary(p => p.v, p => (ulong)p.i);
        return [Array.ConvertAll(values, v => v is null ? 0 : order[v])];
    }
}
