using Quern.Chunks;

namespace Quern.Rollups.Answering;

/// <summary>DOUBLE and FLOAT.</summary>
sealed class RealColumn(LogicalType type, double[] values, bool[]? nulls) : ResultColumn(type, null)
{
    const ulong Sign = 1UL << 63;

    public override int Rows => values.Length;

    public override bool IsNull(int row) => nulls is not null && nulls[row];

    public override void Write(CellBuffer to, int row)
    {
        if (Type.Kind == TypeKind.Float) to.Add((float)values[row]);
        else to.Add(values[row]);
    }

    public override object? Value(int row) => IsNull(row) ? null : values[row];

    public override ResultColumn Take(int[] rows) =>
        new RealColumn(Type, Array.ConvertAll(rows, r => values[r]), nulls is null ? null : Array.ConvertAll(rows, r => nulls[r]));

    // The order of the engine: NaN is the greatest, both zeros are one.
    public override IEnumerable<ulong[]> SortKeys() => [Array.ConvertAll(values, Key)];

    static ulong Key(double value)
    {
        if (double.IsNaN(value)) return ulong.MaxValue;
        var bits = BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : value);
        return (bits & Sign) != 0 ? ~bits : bits | Sign;
    }
}
