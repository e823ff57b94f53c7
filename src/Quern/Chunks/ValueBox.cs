namespace Quern.Chunks;

/// <summary>Single values as objects, for cold paths: settings, small results, messages.</summary>
static class ValueBox
{
    const long MicrosPerDay = 86_400_000_000;

    // Years 1 to 9999, as far as DateTime goes.
    const long MinMicros = -62_135_596_800_000_000;
    const long MaxMicros = 253_402_300_799_999_999;

    /// <summary>
    /// Numbers as their .NET type, decimal as <see cref="decimal"/> when it fits and as text when not, date as <see cref="DateOnly"/>,
    /// time as <see cref="TimeOnly"/>, timestamps as UTC <see cref="DateTime"/> or <see cref="DateTimeOffset"/> (as text when outside years 1 to 9999),
    /// uuid as <see cref="Guid"/>, varchar and enum as string, blob as bytes, list as array, struct and map as dictionary, NULL as null;
    /// anything else as its text.
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
            case TypeKind.Date when vector.Values<int>()[row] is >= -719_162 and <= 2_932_896:
                return DateOnly.FromDayNumber(719_162 + vector.Values<int>()[row]);
            case TypeKind.Time when vector.Values<long>()[row] < MicrosPerDay:
                return new TimeOnly(vector.Values<long>()[row] * 10);
            case TypeKind.Timestamp when Ticks(vector.Values<long>()[row]) is { } ticks:
                return new DateTime(ticks, DateTimeKind.Utc);
            case TypeKind.TimestampTz when Ticks(vector.Values<long>()[row]) is { } ticks:
                return new DateTimeOffset(ticks, TimeSpan.Zero);
            default: throw new NotSupportedException($"a single {type} cannot be read as an object: cast it to VARCHAR");
        }
    }

    static long? Ticks(long micros) =>
        micros is >= MinMicros and <= MaxMicros ? DateTime.UnixEpoch.Ticks + (micros * TimeSpan.TicksPerMicrosecond) : null;
}
