using System.Globalization;
using System.Text;
using Quern.Chunks;

namespace Quern.Rollups.Answering;

/// <summary>Sums of whole numbers and decimals.</summary>
sealed class HugeColumn(LogicalType type, Int128[] values, bool[]? nulls) : ResultColumn(type, null)
{
    const ulong Sign = 1UL << 63;

    public override int Rows => values.Length;

    public override bool IsNull(int row) => nulls is not null && nulls[row];

    public override void Write(CellBuffer to, int row)
    {
        if (Type.Kind != TypeKind.Decimal)
        {
            to.Add(values[row]);
            return;
        }
        Span<byte> text = stackalloc byte[NumberText.MaxBytes];
        to.Add(text[..NumberText.Write(text, values[row], Type.Precision, Type.Scale)]);
    }

    public override object? Value(int row)
    {
        if (IsNull(row)) return null;
        if (Type.Kind != TypeKind.Decimal) return values[row];
        var text = new CellBuffer();
        Write(text, row);
        return decimal.TryParse(text.Written, CultureInfo.InvariantCulture, out var exact) ? exact : Encoding.UTF8.GetString(text.Written);
    }

    public override ResultColumn Take(int[] rows) =>
        new HugeColumn(Type, Array.ConvertAll(rows, r => values[r]), nulls is null ? null : Array.ConvertAll(rows, r => nulls[r]));

    public override IEnumerable<ulong[]> SortKeys() =>
        [Array.ConvertAll(values, v => (ulong)(v >> 64) ^ Sign), Array.ConvertAll(values, v => (ulong)(UInt128)v)];
}
