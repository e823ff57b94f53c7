using Quern.Chunks;

namespace Quern.Folding.Expressions;

/// <summary>Types of computed numbers.</summary>
static class Numbers
{
    const int MostDigits = 38;
    const int LongDigits = 19;

    /// <summary>The type of a sum, difference, product or remainder; null when it has too many digits.</summary>
    public static LogicalType? Of(ScalarFunction function, LogicalType left, LogicalType right)
    {
        var (one, other) = (TypeClasses.Of(left), TypeClasses.Of(right));
        if (one == TypeClass.Real || other == TypeClass.Real) return LogicalType.Of(TypeKind.Double);
        if (one == TypeClass.Whole && other == TypeClass.Whole) return LogicalType.Of(TypeKind.BigInt);
        var (a, b) = (Digits(left), Digits(right));
        if (function == ScalarFunction.Multiply) return Decimal(a.Whole + a.Point + b.Whole + b.Point, a.Point + b.Point);
        var point = Math.Max(a.Point, b.Point);
        return Decimal(Math.Max(a.Whole, b.Whole) + point + (function == ScalarFunction.Remainder ? 0 : 1), point);
    }

    /// <summary>The type that has the values of both; null for none.</summary>
    public static LogicalType? Common(LogicalType left, LogicalType right)
    {
        var (one, other) = (TypeClasses.Of(left), TypeClasses.Of(right));
        if (one == TypeClass.Nothing || left.Equals(right)) return right;
        if (other == TypeClass.Nothing) return left;
        if (!TypeClasses.IsNumber(one) || !TypeClasses.IsNumber(other)) return one == other && one is TypeClass.Text or TypeClass.Moment ? left : null;
        if (one == TypeClass.Real || other == TypeClass.Real) return LogicalType.Of(TypeKind.Double);
        if (one == TypeClass.Whole && other == TypeClass.Whole) return LogicalType.Of(TypeKind.BigInt);
        var (a, b) = (Digits(left), Digits(right));
        return Decimal(Math.Max(a.Whole, b.Whole) + Math.Max(a.Point, b.Point), Math.Max(a.Point, b.Point));
    }

    static (int Whole, int Point) Digits(LogicalType type) =>
        type.Kind == TypeKind.Decimal ? (type.Precision - type.Scale, type.Scale) : (LongDigits, 0);

    static LogicalType? Decimal(int digits, int point) => digits <= MostDigits ? LogicalType.Decimal(digits, point) : null;
}
