using System.Globalization;

namespace Quern.Chunks;

/// <summary>Single values as objects, for cold paths: settings, small results, messages.</summary>
static class ValueBox
{
    // What fits a System.Decimal whatever the digits are.
    const int MaxDecimalDigits = 28;

    const long MicrosPerDay = 86_400_000_000;

    // Years 1 to 9999, as far as DateTime goes.
    const long MinMicros = -62_135_596_800_000_000;
    const long MaxMicros = 253_402_300_799_999_999;

    /// <summary>
    /// Numbers as their .NET type, decimal as <see cref="decimal"/> when it fits and as text when not, date as
    /// <see cref="DateOnly"/>, time as <see cref="TimeOnly"/>, timestamps as UTC <see cref="DateTime"/> or
    /// <see cref="DateTimeOffset"/> (as text when outside years 1 to 9999), uuid as <see cref="Guid"/>, varchar and
    /// enum as string, blob as bytes, list and array as <c>object?[]</c>, struct as a dictionary by field, map as an
    /// array of pairs in order, union as its value, NULL as null; anything else as its text.
    /// </summary>
    public static object? Read(Vector vector, int row)
    {
        if (vector.IsNull(row)) return null;
        var type = vector.Type;
        switch (type.Kind)
        {
            case TypeKind.Boolean: return vector.Values<byte>()[row] != 0;
            case TypeKind.TinyInt: return vector.Values<sbyte>()[row];
            case TypeKind.SmallInt: return vector.Values<short>()[row];
            case TypeKind.Integer: return vector.Values<int>()[row];
            case TypeKind.BigInt: return vector.Values<long>()[row];
            case TypeKind.HugeInt: return vector.Values<Int128>()[row];
            case TypeKind.UTinyInt: return vector.Values<byte>()[row];
            case TypeKind.USmallInt: return vector.Values<ushort>()[row];
            case TypeKind.UInteger: return vector.Values<uint>()[row];
            case TypeKind.UBigInt: return vector.Values<ulong>()[row];
            case TypeKind.UHugeInt: return vector.Values<UInt128>()[row];
            case TypeKind.Float: return vector.Values<float>()[row];
            case TypeKind.Double: return vector.Values<double>()[row];
            case TypeKind.Interval: return vector.Values<Interval>()[row];
            case TypeKind.Uuid: return vector.Values<Uuid>()[row].ToGuid();
            case TypeKind.Varchar: return vector.Texts[row].ToString();
            case TypeKind.Blob or TypeKind.Geometry: return vector.Texts[row].Bytes.ToArray();
            case TypeKind.Enum: return type.EnumNames[(int)WholeNumber.Read(vector, row)];
            case TypeKind.Decimal when type.Precision <= MaxDecimalDigits:
                return decimal.Parse(ValueText.Read(vector, row), CultureInfo.InvariantCulture);
            case TypeKind.Date when vector.Values<int>()[row] is >= -719_162 and <= 2_932_896:
                return DateOnly.FromDayNumber(719_162 + vector.Values<int>()[row]);
            case TypeKind.Time when vector.Values<long>()[row] < MicrosPerDay:
                return new TimeOnly(vector.Values<long>()[row] * 10);
            case TypeKind.Timestamp when Ticks(vector.Values<long>()[row]) is { } ticks:
                return new DateTime(ticks, DateTimeKind.Utc);
            case TypeKind.TimestampTz when Ticks(vector.Values<long>()[row]) is { } ticks:
                return new DateTimeOffset(ticks, TimeSpan.Zero);
            case TypeKind.List:
                var entry = vector.Lists[row];
                return Elements(vector.Child, (int)entry.Offset, (int)entry.Length);
            case TypeKind.Array:
                return Elements(vector.Child, row * type.Length, type.Length);
            case TypeKind.Struct:
                return Fields(vector, row);
            case TypeKind.Map:
                return Entries(vector, row);
            case TypeKind.Union:
                return Read(vector.Field(vector.Tag.Values<byte>()[row]), row);
            default:
                return ValueText.Read(vector, row);
        }
    }

    static object?[] Elements(Vector child, int offset, int length)
    {
        var elements = new object?[length];
        for (var i = 0; i < length; i++) elements[i] = Read(child, offset + i);
        return elements;
    }

    static Dictionary<string, object?> Fields(Vector vector, int row)
    {
        var fields = new Dictionary<string, object?>();
        for (var i = 0; i < vector.Type.Fields.Count; i++) fields[vector.Type.Fields[i].Name] = Read(vector.Field(i), row);
        return fields;
    }

    static KeyValuePair<object?, object?>[] Entries(Vector vector, int row)
    {
        var entry = vector.Lists[row];
        var entries = new KeyValuePair<object?, object?>[(int)entry.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            var at = (int)entry.Offset + i;
            entries[i] = new KeyValuePair<object?, object?>(Read(vector.Child.Field(0), at), Read(vector.Child.Field(1), at));
        }
        return entries;
    }

    static long? Ticks(long micros) =>
        micros is >= MinMicros and <= MaxMicros ? DateTime.UnixEpoch.Ticks + (micros * TimeSpan.TicksPerMicrosecond) : null;
}
