using Quern.Chunks;

namespace Quern.Delivery.Postgres.Binary;

/// <summary>date: days since 2000-01-01; both infinities.</summary>
sealed unsafe class DateEncoder : FieldEncoder
{
    /// <summary>2000-01-01, in days since 1970.</summary>
    public const int Epoch = 10_957;

    public override FieldForm Form(LogicalType from) => FieldForm.Days;

    protected override void Write(CopyBuffer to, VectorMemory from, int row)
    {
        var days = ((int*)from.Data)[row];
        // The engine's infinities are the two ends of a range that is the same on both sides of zero.
        to.Field32(days switch
        {
            int.MaxValue => int.MaxValue,
            -int.MaxValue => int.MinValue,
            <= int.MinValue + Epoch => throw OutOfRange("date"),
            _ => days - Epoch,
        });
    }
}

/// <summary>timestamp with or without time zone: microseconds since 2000-01-01 UTC; both infinities.</summary>
/// <param name="cutNanos">Cut what is finer than a microsecond, instead of refusing it.</param>
sealed unsafe class TimestampEncoder(bool cutNanos) : FieldEncoder
{
    /// <summary>2000-01-01, in microseconds since 1970.</summary>
    public const long Epoch = 946_684_800_000_000;

    public override FieldForm Form(LogicalType from) =>
        from.Kind is TypeKind.Timestamp or TypeKind.TimestampTz ? FieldForm.Micros : FieldForm.Encoded;

    protected override void Write(CopyBuffer to, VectorMemory from, int row)
    {
        var value = ((long*)from.Data)[row];
        if (value == long.MaxValue || value == -long.MaxValue)
        {
            to.Field64(value == long.MaxValue ? long.MaxValue : long.MinValue);
            return;
        }
        var micros = from.Type.Kind switch
        {
            TypeKind.TimestampSeconds => (Int128)value * 1_000_000,
            TypeKind.TimestampMillis => (Int128)value * 1_000,
            TypeKind.TimestampNanos or TypeKind.TimestampTzNanos => Nanos.ToMicros(value, cutNanos),
            TypeKind.Date => (Int128)value,
            _ => value,
        };
        micros -= Epoch;
        if (micros <= long.MinValue || micros >= long.MaxValue) throw OutOfRange("timestamp");
        to.Field64((long)micros);
    }
}

/// <summary>time: microseconds since midnight.</summary>
/// <param name="cutNanos">Cut what is finer than a microsecond, instead of refusing it.</param>
sealed unsafe class TimeEncoder(bool cutNanos) : FieldEncoder
{
    protected override void Write(CopyBuffer to, VectorMemory from, int row)
    {
        var value = ((long*)from.Data)[row];
        to.Field64(from.Type.Kind == TypeKind.TimeNanos ? Nanos.ToMicros(value, cutNanos) : value);
    }
}

/// <summary>time with time zone: microseconds since midnight, seconds west of UTC.</summary>
sealed unsafe class TimeTzEncoder : FieldEncoder
{
    protected override void Write(CopyBuffer to, VectorMemory from, int row)
    {
        var value = ((TimeTz*)from.Data)[row];
        to.Int32(12);
        var begin = to.Take(8);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(new Span<byte>(begin, 8), value.Micros);
        to.Int32(-value.OffsetSeconds);
    }
}

/// <summary>interval: microseconds, days, months.</summary>
sealed unsafe class IntervalEncoder : FieldEncoder
{
    protected override void Write(CopyBuffer to, VectorMemory from, int row)
    {
        var value = ((Interval*)from.Data)[row];
        to.Int32(16);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(new Span<byte>(to.Take(8), 8), value.Micros);
        to.Int32(value.Days);
        to.Int32(value.Months);
    }
}

/// <summary>Times finer than the server's.</summary>
static class Nanos
{
    /// <summary>Microseconds, towards the past.</summary>
    /// <exception cref="UnfitException">There is more, and it is not to be cut.</exception>
    public static long ToMicros(long nanos, bool cut)
    {
        var (micros, rest) = Math.DivRem(nanos, 1000);
        if (rest == 0) return micros;
        if (cut) return rest < 0 ? micros - 1 : micros;
        throw new UnfitException("QN8283", "a time is finer than a microsecond")
        {
            Wanted = "microseconds: PostgreSQL has nothing finer",
            Try = ["--on-nanos truncate     cuts it"],
        };
    }
}
