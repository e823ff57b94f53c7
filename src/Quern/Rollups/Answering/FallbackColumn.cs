using Quern.Chunks;
using Quern.Folding.Expressions;

namespace Quern.Rollups.Answering;

/// <summary>Collects a column that the engine gives, in the form that grains give it.</summary>
/// <param name="type">Its type in the query.</param>
/// <param name="bucket">The bucket of time that it is; null for none.</param>
sealed class FallbackColumn(LogicalType type, TimeBucket? bucket)
{
    const long MicrosPerMinute = 60_000_000;

    readonly List<bool> _nulls = [];
    readonly List<long> _numbers = [];
    readonly List<Int128> _huge = [];
    readonly List<double> _reals = [];
    readonly List<string?> _texts = [];

    /// <summary>Adds rows.</summary>
    public void Add(Vector vector, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            var isNull = vector.IsNull(row);
            _nulls.Add(isNull);
            switch (TypeClasses.Of(type))
            {
                case TypeClass.Real:
                    _reals.Add(isNull ? 0 : vector.Type.Kind == TypeKind.Float ? vector.Values<float>()[row] : vector.Values<double>()[row]);
                    break;
                case TypeClass.Whole or TypeClass.Decimal when IsHuge:
                    _huge.Add(isNull ? 0 : WholeNumber.Read(vector, row));
                    break;
                case TypeClass.Whole or TypeClass.Decimal or TypeClass.Flag or TypeClass.Day or TypeClass.Moment:
                    _numbers.Add(isNull ? 0 : Number(vector, row));
                    break;
                default:
                    _texts.Add(isNull ? null : ValueText.Read(vector, row));
                    break;
            }
        }
    }

    /// <summary>The column.</summary>
    public ResultColumn Column()
    {
        var nulls = _nulls.Contains(true) ? _nulls.ToArray() : null;
        return TypeClasses.Of(type) switch
        {
            TypeClass.Real => new RealColumn(type, [.. _reals], nulls),
            TypeClass.Whole or TypeClass.Decimal when IsHuge => new HugeColumn(type, [.. _huge], nulls),
            TypeClass.Whole or TypeClass.Decimal or TypeClass.Flag or TypeClass.Day or TypeClass.Moment => new NumberColumn(type, bucket, [.. _numbers], nulls),
            _ => new TextColumn(type, [.. _texts]),
        };
    }

    bool IsHuge => type.Width == 16 || type.Kind == TypeKind.UBigInt;

    long Number(Vector vector, int row) => type.Kind switch
    {
        TypeKind.Boolean => vector.Values<byte>()[row],
        TypeKind.Date => vector.Values<int>()[row],
        // The engine gives moments, buckets are kept in minutes.
        TypeKind.Timestamp when bucket is not null => vector.Values<long>()[row] / MicrosPerMinute,
        TypeKind.Timestamp or TypeKind.TimestampTz or TypeKind.TimestampSeconds or TypeKind.TimestampMillis => vector.Values<long>()[row],
        _ => (long)WholeNumber.Read(vector, row),
    };
}
