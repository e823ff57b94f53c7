using Quern.Chunks;
using Quern.Duck;

namespace Quern.Delivery.Sqlite;

/// <summary>What columns become in SQLite, which knows whole numbers of 64 bits, doubles, texts and blobs.</summary>
static class SqliteTypes
{
    public const string Integer = "INTEGER", Real = "REAL", Text = "TEXT", Blob = "BLOB";

    /// <summary>The type that holds every value of a column exactly, as STRICT tables declare it.</summary>
    /// <param name="type">Type of the column.</param>
    /// <param name="options">Whether decimals may lose digits.</param>
    public static string Of(LogicalType type, SqliteOptions options) => type.Kind switch
    {
        TypeKind.Boolean or TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer or TypeKind.BigInt
            or TypeKind.UTinyInt or TypeKind.USmallInt or TypeKind.UInteger => Integer,
        TypeKind.Float or TypeKind.Double => Real,
        TypeKind.Blob => Blob,
        TypeKind.Decimal or TypeKind.UBigInt or TypeKind.HugeInt or TypeKind.UHugeInt when options.DecimalsAreReal => Real,
        _ => Text,
    };

    /// <summary>The column as the engine is asked for it: what has no text of ours comes as the engine's.</summary>
    public static string Selected(Column column) => HasForeignText(column.Type)
        ? $"cast({Sql.Name(column.Name)} as varchar) as {Sql.Name(column.Name)}"
        : Sql.Name(column.Name);

    /// <summary>Geometries become well-known text; what a variant holds is known to the engine only.</summary>
    static bool HasForeignText(LogicalType type) =>
        type.Kind is TypeKind.Geometry or TypeKind.Variant
        || (type.Element is { } element && HasForeignText(element))
        || type.Fields.Any(f => HasForeignText(f.Type));

    /// <summary>What SQLite makes of values in a column that was declared so, in a table that is not STRICT.</summary>
    /// <remarks>Source: "Datatypes In SQLite", section 3.1, whose rules are asked in this order.</remarks>
    public static string Affinity(string declared)
    {
        if (Says("INT")) return Integer;
        if (Says("CHAR") || Says("CLOB") || Says("TEXT")) return Text;
        if (Says("BLOB") || declared.Length == 0) return Blob;
        return Says("REAL") || Says("FLOA") || Says("DOUB") ? Real : "NUMERIC";

        bool Says(string word) => declared.Contains(word, StringComparison.OrdinalIgnoreCase);
    }
}
