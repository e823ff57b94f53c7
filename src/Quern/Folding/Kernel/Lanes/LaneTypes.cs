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
        Constant { Value: long or double or string or bool or DateOnly } constant => Typed(ConstantFit.TypeOf(constant.Value)),
        CompareTerm compare => Compared(compare.Left, compare.Right),
        BetweenTerm between => Same(Compared(between.Of, between.From), Compared(between.Of, between.To)),
        InTerm some => some.Values.Select(value => Compared(some.Of, value)).Prepend((LaneKind.Whole, Truth)).Last(),
        AllTerm all => Conditions(all.Terms),
        AnyTerm any => Conditions(any.Terms),
        NotTerm not => Conditions([not.Term]),
        IsNullTerm isNull => Same(Value(isNull.Of), (LaneKind.Whole, Truth)),
        CaseTerm @case => Case(@case),
        CallTerm call => Call(call),
        _ => throw new NotCovered($"{Words(expression)} is the engine's"),
    };

    /// <summary>A constant as a lane of some type has it.</summary>
    /// <exception cref="NotCovered">It is none of the type.</exception>
    public static object? Plain(object? value, LogicalType type) => (value, KindOf(type)) switch
    {
        (long number, LaneKind.Double) => (double)number,
        (decimal number, LaneKind.Double) => (double)number,
        (double number, LaneKind.Double) => number,
        (long number, LaneKind.Whole) when type.Kind == TypeKind.Decimal => Scaled(number, type.Scale),
        (decimal number, LaneKind.Whole) => Scaled(number, type.Scale),
        (long number, LaneKind.Whole) when type.Kind is >= TypeKind.TinyInt and <= TypeKind.UInteger => number,
        (bool truth, LaneKind.Whole) when type.Kind == TypeKind.Boolean => truth ? 1L : 0L,
        (DateOnly day, LaneKind.Whole) when type.Kind == TypeKind.Date => (long)day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber,
        (string text, LaneKind.Text) => text,
        _ => throw new NotCovered($"a constant beside {type} is the engine's"),
    };

    static long Scaled(decimal number, int scale)
    {
        for (var i = 0; i < scale; i++)
        {
            if (Math.Abs(number) > long.MaxValue / 10) throw new NotCovered("a constant of so many digits is the engine's");
            number *= 10;
        }
        return number == Math.Truncate(number) && Math.Abs(number) <= long.MaxValue
            ? (long)number
            : throw new NotCovered("a constant with more digits than its column is the engine's");
    }

    static (LaneKind Kind, LogicalType Type) Typed(LogicalType type) => (KindOf(type), type);

    static (LaneKind Kind, LogicalType Type) Same((LaneKind, LogicalType) checkedToo, (LaneKind, LogicalType) type)
    {
        _ = checkedToo;
        return type;
    }

    /// <summary>The type of a value in an expression; buckets other than days are numbers there, which only keys may be.</summary>
    (LaneKind Kind, LogicalType Type) Value(Expression expression) => expression is BucketTerm { Bucket: not TimeBucket.Day }
        ? throw new NotCovered("computing with buckets of time is the engine's")
        : Of(expression);

    (LaneKind Kind, LogicalType Type) Conditions(IReadOnlyList<Expression> terms)
    {
        foreach (var term in terms)
            if (Value(term).Type.Kind != TypeKind.Boolean) throw new NotCovered("what is no condition is the engine's");
        return (LaneKind.Whole, Truth);
    }

    (LaneKind Kind, LogicalType Type) Compared(Expression left, Expression right)
    {
        if (left is Constant && right is not Constant) return Compared(right, left);
        var one = Value(left);
        if (right is Constant constant)
        {
            Plain(constant.Value, one.Type);
            return (LaneKind.Whole, Truth);
        }
        var other = Value(right);
        var (a, b) = (TypeClasses.Of(one.Type), TypeClasses.Of(other.Type));
        var isPlain = a == b && one.Type.Scale == other.Type.Scale && a is not TypeClass.Moment and not TypeClass.Other;
        if (!isPlain && (a, b) is not ((TypeClass.Whole, TypeClass.Real) or (TypeClass.Real, TypeClass.Whole)))
            throw new NotCovered($"comparing {one.Type} with {other.Type} is the engine's");
        return (LaneKind.Whole, Truth);
    }

    (LaneKind Kind, LogicalType Type) Case(CaseTerm term)
    {
        Conditions([.. term.Branches.Select(b => b.When)]);
        var values = term.Branches.Select(b => Value(b.Then)).Concat(term.Else is null ? [] : [Value(term.Else)]).ToList();
        var type = values.Aggregate(
            LogicalType.Of(TypeKind.Null),
            (all, value) => Numbers.Common(all, value.Type) ?? throw new NotCovered("values of several types are the engine's"));
        if (values.Exists(v => v.Type.Kind == TypeKind.Decimal && !v.Type.Equals(type))) throw new NotCovered("decimals of several scales are the engine's");
        return Typed(type);
    }

    (LaneKind Kind, LogicalType Type) Call(CallTerm call)
    {
        var classes = call.Arguments.Select(a => TypeClasses.Of(Value(a).Type)).ToList();
        switch (call.Function)
        {
            case ScalarFunction.Concat when classes.TrueForAll(c => c is TypeClass.Text or TypeClass.Whole):
                return Typed(LogicalType.Of(TypeKind.Varchar));
            case ScalarFunction.DivideWhole when classes.TrueForAll(c => c == TypeClass.Whole):
                return Typed(LogicalType.Of(TypeKind.BigInt));
            case ScalarFunction.Divide when classes.TrueForAll(c => c is TypeClass.Whole or TypeClass.Real):
                return Typed(LogicalType.Of(TypeKind.Double));
            case ScalarFunction.Add or ScalarFunction.Subtract or ScalarFunction.Multiply or ScalarFunction.Remainder
                when classes.TrueForAll(c => c is TypeClass.Whole or TypeClass.Real):
                return Typed(LogicalType.Of(classes.Contains(TypeClass.Real) ? TypeKind.Double : TypeKind.BigInt));
            default:
                throw new NotCovered($"{call.Function.ToString().ToLowerInvariant()} of these values is the engine's");
        }
    }

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
