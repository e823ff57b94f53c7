using Quern.Chunks;
using Quern.Folding.Expressions;

namespace Quern.Rollups.Answering;

/// <summary>Numbers of up to 64 bits, and what is kept as such: days, moments, true and false.</summary>
sealed class NumberColumn(LogicalType type, TimeBucket? bucket, long[] values, bool[]? nulls) : ResultColumn(type, bucket)
{
    const ulong Sign = 1UL << 63;

    public override int Rows => values.Length;

    public override bool IsNull(int row) => nulls is not null && nulls[row];

    public override void Write(CellBuffer to, int row) => to.Add(Type, Bucket, values[row]);

    public override object? Value(int row) => IsNull(row) ? null : Boxed(Type, Bucket, values[row]);

    public override ResultColumn Take(int[] rows) =>
        new NumberColumn(Type, Bucket, Array.ConvertAll(rows, r => values[r]), nulls is null ? null : Array.ConvertAll(rows, r => nulls[r]));

    public override IEnumerable<ulong[]> SortKeys() => [Array.ConvertAll(values, v => (ulong)v ^ Sign)];

    /// <summary>The value of a number of a type.</summary>
    public static object Boxed(LogicalType type, TimeBucket? bucket, long number)
    {
        switch (type.Kind)
        {
            case TypeKind.Boolean:
                return number != 0;
            case TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz or TypeKind.TimestampSeconds or TypeKind.TimestampMillis:
                var moment = DateTime.UnixEpoch.AddTicks((long)DomainValues.Micros(type, bucket, number) * TimeSpan.TicksPerMicrosecond);
                return type.Kind == TypeKind.Date ? DateOnly.FromDateTime(moment) : DateTime.SpecifyKind(moment, DateTimeKind.Unspecified);
            case TypeKind.Decimal:
                return number / (decimal)Math.Pow(10, type.Scale);
            default:
                return number;
        }
    }
}
