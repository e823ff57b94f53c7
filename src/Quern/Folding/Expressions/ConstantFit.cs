using System.Globalization;
using Quern.Chunks;
using Quern.Folding.Declared;

namespace Quern.Folding.Expressions;

/// <summary>Makes of a constant a value of the type that it is compared with.</summary>
static class ConstantFit
{
    /// <summary>The type of a constant by itself.</summary>
    public static LogicalType TypeOf(object? value) => value switch
    {
        long => LogicalType.Of(TypeKind.BigInt),
        double => LogicalType.Of(TypeKind.Double),
        decimal number => Of(number),
        bool => LogicalType.Of(TypeKind.Boolean),
        string => LogicalType.Of(TypeKind.Varchar),
        DateOnly => LogicalType.Of(TypeKind.Date),
        DateTime => LogicalType.Of(TypeKind.Timestamp),
        _ => LogicalType.Of(TypeKind.Null),
    };

    /// <summary>The constant as a value of what it is compared with: numbers of epochs for their columns; of TIMESTAMP columns of the source
    /// a <see cref="DateTime"/> of UTC, of buckets an unspecified one, which is of the zone.</summary>
    /// <exception cref="QuernException">QN7534: it is none.</exception>
    public static Constant To(Constant constant, BoundExpression other, FoldColumns columns, string text, int at)
    {
        if (constant.Value is null) throw ExpressionFaults.Literal("null", "is null, or is not null: nothing equals NULL", text, at);
        var column = other.Tree is ColumnTerm name ? columns[name.Name] : null;
        var bucket = column?.Bucket ?? (other.Tree as BucketTerm)?.Bucket ?? (other.Tree as OutputTerm)?.Bucket;
        var wanted = TypeClasses.Of(other.Type);
        var fitted = wanted switch
        {
            TypeClass.Whole when column?.Epoch is { } unit => Number(constant.Value) ?? Epoch(constant.Value, unit, columns.Zone),
            TypeClass.Whole or TypeClass.Decimal => Number(constant.Value),
            TypeClass.Real => Real(constant.Value),
            TypeClass.Text => constant.Value as string,
            TypeClass.Uuid => constant.Value is string uuid && Guid.TryParse(uuid, out var id) ? id.ToString("D") : null,
            TypeClass.Flag => constant.Value as bool? ?? (bool.TryParse(constant.Value as string, out var flag) ? flag : null),
            TypeClass.Day => Day(constant.Value, bucket),
            TypeClass.Moment => Moment(constant.Value) is { } moment ? column?.IsMoment == true ? Utc(moment, columns.Zone) : moment : null,
            _ => constant.Value,
        };
        if (fitted is not null) return Equals(fitted, constant.Value) && fitted is not DateTime ? constant : new Constant(fitted);
        throw ExpressionFaults.Literal(Show(constant.Value), Wanted(other, column, wanted), text, at);
    }

    static string Wanted(BoundExpression other, FoldColumn? column, TypeClass wanted) =>
        (column is null ? "" : $"{column.Name} holds ") + (column?.Epoch is null ? TypeClasses.Name(wanted)
            : $"whole numbers ({Name(column.Epoch.Value)}), or moments: '2024-02-29 07:31'") + (column is null ? $" ({other.Type})" : "");

    static string Name(EpochUnit unit) => unit switch { EpochUnit.Seconds => "epoch_s", EpochUnit.Milliseconds => "epoch_ms", _ => "epoch_us" };

    static string Show(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    static object? Number(object value)
    {
        switch (value)
        {
            case long or decimal or double:
                return value;
            case string text:
                text = text.Trim();
                if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
                if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var exact)) return exact;
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null;
            default:
                return null;
        }
    }

    // Through the text: the runtime's conversion from decimal may round twice.
    static object? Real(object value) => Number(value) switch
    {
        long whole => (double)whole,
        decimal exact => double.Parse(exact.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        var other => other,
    };

    static object? Day(object value, TimeBucket? bucket) => value switch
    {
        DateOnly or DateTime => value,
        string text when TimeLiteral.Day(text) is { } day => day,
        string text when TimeLiteral.Moment(text) is { } moment => moment,
        string text when bucket is TimeBucket.Month or TimeBucket.Quarter
            && DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) => month,
        string text when bucket is TimeBucket.Year && DateOnly.TryParseExact(text, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var year) => year,
        long year when bucket is TimeBucket.Year && year is >= 1 and <= 9999 => new DateOnly((int)year, 1, 1),
        _ => null,
    };

    static DateTime? Moment(object value) => value switch
    {
        DateTime moment => moment,
        DateOnly day => day.ToDateTime(default),
        string text => TimeLiteral.Moment(text),
        _ => null,
    };

    static object? Epoch(object value, EpochUnit unit, TimeZoneInfo zone)
    {
        if (Moment(value) is not { } moment) return null;
        var micros = (Utc(moment, zone) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        // Fractions of the unit stay, so that a comparison keeps its meaning.
        var perUnit = unit switch { EpochUnit.Seconds => 1_000_000L, EpochUnit.Milliseconds => 1000L, _ => 1L };
        return micros % perUnit == 0 ? micros / perUnit : (object)((decimal)micros / perUnit);
    }

    // A time that the clock jumps over counts from before the jump; of two the earlier one.
    static DateTime Utc(DateTime local, TimeZoneInfo zone)
    {
        if (local.Kind == DateTimeKind.Utc) return local;
        var offset = zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddHours(-3))
            : zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    static LogicalType Of(decimal number)
    {
        var scale = number.Scale;
        var digits = decimal.Truncate(Math.Abs(number)).ToString(CultureInfo.InvariantCulture).Length;
        return LogicalType.Decimal(Math.Min(38, digits + scale), scale);
    }
}
