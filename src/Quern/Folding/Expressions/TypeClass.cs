using Quern.Chunks;

namespace Quern.Folding.Expressions;

/// <summary>Types that can be compared with each other.</summary>
enum TypeClass
{
    /// <summary>A bare NULL.</summary>
    Nothing,

    /// <summary>Whole numbers.</summary>
    Whole,

    /// <summary>Numbers with a point, exact.</summary>
    Decimal,

    /// <summary>FLOAT and DOUBLE.</summary>
    Real,

    /// <summary>VARCHAR and JSON.</summary>
    Text,

    /// <summary>UUID.</summary>
    Uuid,

    /// <summary>BOOLEAN.</summary>
    Flag,

    /// <summary>DATE.</summary>
    Day,

    /// <summary>The kinds of TIMESTAMP.</summary>
    Moment,

    /// <summary>What expressions only pass on: lists, times of day and others.</summary>
    Other,
}

/// <summary>Sorts types into classes.</summary>
static class TypeClasses
{
    /// <summary>The class of a type.</summary>
    public static TypeClass Of(LogicalType type) => type.Kind switch
    {
        TypeKind.Null => TypeClass.Nothing,
        TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer or TypeKind.BigInt or TypeKind.UTinyInt or TypeKind.USmallInt
            or TypeKind.UInteger or TypeKind.UBigInt or TypeKind.HugeInt => TypeClass.Whole,
        TypeKind.Decimal => TypeClass.Decimal,
        TypeKind.Float or TypeKind.Double => TypeClass.Real,
        TypeKind.Varchar => TypeClass.Text,
        TypeKind.Uuid => TypeClass.Uuid,
        TypeKind.Boolean => TypeClass.Flag,
        TypeKind.Date => TypeClass.Day,
        TypeKind.Timestamp or TypeKind.TimestampSeconds or TypeKind.TimestampMillis or TypeKind.TimestampTz => TypeClass.Moment,
        _ => TypeClass.Other,
    };

    /// <summary>Numbers.</summary>
    public static bool IsNumber(TypeClass of) => of is TypeClass.Whole or TypeClass.Decimal or TypeClass.Real;

    /// <summary>What people call it.</summary>
    public static string Name(TypeClass of) => of switch
    {
        TypeClass.Whole => "whole numbers",
        TypeClass.Decimal or TypeClass.Real => "numbers",
        TypeClass.Text => "texts",
        TypeClass.Uuid => "UUIDs",
        TypeClass.Flag => "true or false",
        TypeClass.Day => "days: '2024-02-29'",
        TypeClass.Moment => "moments: '2024-02-29 07:31'",
        _ => "another type",
    };
}
