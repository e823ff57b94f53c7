using Quern.Chunks;
using Quern.Folding.Declared;
using Quern.Folding.Expressions;
using Quern.Folding.Planning;

namespace Quern.Folding.Kernel.Lanes;

/// <summary>The types of expressions, and whether the kernel can evaluate them.</summary>
/// <param name="fold">The fold whose source has the columns.</param>
sealed class LaneTypes(Fold fold)
{
    static readonly LogicalType Truth = LogicalType.Of(TypeKind.Boolean);
    static readonly LogicalType Day = LogicalType.Of(TypeKind.Date);
    static readonly LogicalType Moment = LogicalType.Of(TypeKind.Timestamp);

    /// <summary>The kind of lane that values of a type take.</summary>
    /// <exception cref="NotCovered">None does.</exception>
    public static LaneKind KindOf(LogicalType type) => type.Kind switch
    {
        TypeKind.Varchar => LaneKind.Text,
        TypeKind.Double or TypeKind.Float => LaneKind.Double,
        TypeKind.Boolean or TypeKind.Date or TypeKind.Time or TypeKind.Timestamp or TypeKind.TimestampTz or TypeKind.TimestampSeconds
            or TypeKind.TimestampMillis or TypeKind.TimestampNanos => LaneKind.Whole,
        >= TypeKind.TinyInt and <= TypeKind.UInteger => LaneKind.Whole,
        TypeKind.Decimal when type.Width <= sizeof(long) => LaneKind.Whole,
        _ => throw new NotCovered($"columns of {type} are the engine's"),
    };

    /// <summary>The kind of lane and the type of an expression's values.</summary>
    /// <param name="expression">Made of columns of the source.</param>
    /// <exception cref="NotCovered">The kernel cannot evaluate it.</exception>
    public (LaneKind Kind, LogicalType Type) Of(Expression expression) => expression switch
    {
        ColumnTerm column => Column(column.Name),
        BucketTerm bucket => Bucket(bucket),
        _ => throw new NotCovered($"{Words(expression)} is the engine's"),
    };

    /// <summary>The column of the source with a name.</summary>
    public SourceColumn Source(string name) => fold.Source.Columns.First(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));

    (LaneKind, LogicalType) Column(string name)
    {
        var type = Source(name).Type;
        return (KindOf(type), type);
    }

    (LaneKind, LogicalType) Bucket(BucketTerm bucket)
    {
        if (bucket.Of is BucketTerm) throw new NotCovered($"a {bucket.Bucket} of another bucket is the engine's");
        var (kind, type) = Of(bucket.Of);
        var isMoment = bucket.Of is ColumnTerm column && Source(column.Name).Epoch is not null;
        if (kind != LaneKind.Whole || !(isMoment || IsTime(type))) throw new NotCovered($"a {bucket.Bucket} of {type} is the engine's");
        if (type.Kind == TypeKind.Date && bucket.Bucket < TimeBucket.Day) throw new NotCovered($"a {bucket.Bucket} of {type} is the engine's");
        return (LaneKind.Whole, bucket.Bucket < TimeBucket.Day ? Moment : Day);
    }

    static bool IsTime(LogicalType type) => type.Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz or TypeKind.TimestampSeconds
        or TypeKind.TimestampMillis or TypeKind.TimestampNanos;

    static string Words(Expression expression) => expression.GetType().Name.Replace("Term", "", StringComparison.Ordinal).ToLowerInvariant();
}
