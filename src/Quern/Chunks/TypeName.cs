using System.Globalization;

namespace Quern.Chunks;

/// <summary>SQL's names of types that have no parts but digits, all spellings that DuckDB knows.</summary>
static class TypeName
{
    const int DefaultPrecision = 18;
    const int DefaultScale = 3;

    static readonly Dictionary<string, TypeKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bool"] = TypeKind.Boolean,
        ["logical"] = TypeKind.Boolean,
        ["int1"] = TypeKind.TinyInt,
        ["int2"] = TypeKind.SmallInt,
        ["int16"] = TypeKind.SmallInt,
        ["short"] = TypeKind.SmallInt,
        ["int"] = TypeKind.Integer,
        ["int4"] = TypeKind.Integer,
        ["int32"] = TypeKind.Integer,
        ["integral"] = TypeKind.Integer,
        ["signed"] = TypeKind.Integer,
        ["int8"] = TypeKind.BigInt,
        ["int64"] = TypeKind.BigInt,
        ["long"] = TypeKind.BigInt,
        ["oid"] = TypeKind.BigInt,
        ["int128"] = TypeKind.HugeInt,
        ["uint8"] = TypeKind.UTinyInt,
        ["uint16"] = TypeKind.USmallInt,
        ["uint32"] = TypeKind.UInteger,
        ["uint64"] = TypeKind.UBigInt,
        ["uint128"] = TypeKind.UHugeInt,
        ["float4"] = TypeKind.Float,
        ["real"] = TypeKind.Float,
        ["float8"] = TypeKind.Double,
        ["double precision"] = TypeKind.Double,
        ["text"] = TypeKind.Varchar,
        ["string"] = TypeKind.Varchar,
        ["char"] = TypeKind.Varchar,
        ["bpchar"] = TypeKind.Varchar,
        ["nvarchar"] = TypeKind.Varchar,
        ["character varying"] = TypeKind.Varchar,
        ["varint"] = TypeKind.BigNum,
        ["bytea"] = TypeKind.Blob,
        ["binary"] = TypeKind.Blob,
        ["varbinary"] = TypeKind.Blob,
        ["datetime"] = TypeKind.Timestamp,
        ["timestamp_us"] = TypeKind.Timestamp,
        ["timestamp without time zone"] = TypeKind.Timestamp,
        ["timestamptz"] = TypeKind.TimestampTz,
        ["time without time zone"] = TypeKind.Time,
        ["timetz"] = TypeKind.TimeTz,
        ["guid"] = TypeKind.Uuid,
    };

    static TypeName()
    {
        foreach (var kind in Enum.GetValues<TypeKind>())
        {
            if (kind is TypeKind.Invalid or TypeKind.Any or TypeKind.Null or TypeKind.Variant or TypeKind.Geometry or TypeKind.Decimal
                or TypeKind.Enum or TypeKind.List or TypeKind.Array or TypeKind.Map or TypeKind.Struct or TypeKind.Union)
            {
                continue;
            }
            Kinds.TryAdd(LogicalType.Of(kind).ToString(), kind);
        }
    }

    /// <summary>The type that a name stands for; null for none.</summary>
    public static LogicalType? Find(string text)
    {
        var name = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var open = name.IndexOf('(', StringComparison.Ordinal);
        if (open < 0) return Plain(name);
        if (name[^1] != ')') return null;
        var digits = name[(open + 1)..^1].Split(',');
        var numbers = new int[digits.Length];
        for (var i = 0; i < digits.Length; i++)
        {
            var isNumber = int.TryParse(
                digits[i], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out numbers[i]);
            if (!isNumber) return null;
        }
        name = name[..open].TrimEnd();
        if (IsDecimal(name)) return numbers is [var precision] ? Decimal(precision, 0) : numbers is [var p, var s] ? Decimal(p, s) : null;
        // A length is of no effect in the engine.
        return numbers.Length == 1 && Plain(name) is { Kind: TypeKind.Varchar } type ? type : null;
    }

    static LogicalType? Plain(string name) =>
        IsDecimal(name) ? LogicalType.Decimal(DefaultPrecision, DefaultScale)
        : name.Equals("json", StringComparison.OrdinalIgnoreCase) ? LogicalType.Json
        : Kinds.TryGetValue(name, out var kind) ? LogicalType.Of(kind)
        : null;

    static bool IsDecimal(string name) => name.ToUpperInvariant() is "DECIMAL" or "NUMERIC" or "DEC";

    static LogicalType? Decimal(int precision, int scale) =>
        precision is >= 1 and <= 38 && scale >= 0 && scale <= precision ? LogicalType.Decimal(precision, scale) : null;
}
