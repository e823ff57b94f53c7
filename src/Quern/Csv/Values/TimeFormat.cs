using System.Text;
using Quern.Chunks;

namespace Quern.Csv.Values;

/// <summary>A pattern of moments, such as <c>%d.%m.%Y %H:%M</c>, as DuckDB's <c>strptime</c> reads it.</summary>
/// <remarks>Fields: Y y m d H I M S p f g n b B a A z j, with a dash before the letter or not; T and X are %H:%M:%S, x is %Y-%m-%d,
/// c is both. Numbers may have fewer digits than their field. A blank stands for any number of them; those around the text
/// are passed over. What a pattern does not name is that of 1900-01-01 00:00:00. Beyond DuckDB's, a day of the year that
/// the year does not have is none.</remarks>
sealed class TimeFormat
{
    /// <summary>Fields that a pattern can have, for messages.</summary>
    public const string Fields = "%Y %y %m %d %H %I %M %S %p %f %g %n %b %B %a %A %z %j %T %%";

    static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    static readonly string[] Days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    static readonly byte[][] MonthNames = [.. Months.Select(Encoding.UTF8.GetBytes)];
    static readonly byte[][] MonthLetters = [.. Months.Select(m => Encoding.UTF8.GetBytes(m[..3]))];
    static readonly byte[][] DayNames = [.. Days.Select(Encoding.UTF8.GetBytes)];
    static readonly byte[][] DayLetters = [.. Days.Select(d => Encoding.UTF8.GetBytes(d[..3]))];

    // A field by its letter; a literal byte has none.
    readonly (char Field, byte Literal)[] _parts;

    TimeFormat((char, byte)[] parts) => _parts = parts;

    /// <summary>The pattern that a text stands for; null when it has a field that is not known.</summary>
    public static TimeFormat? Of(string text)
    {
        var parts = new List<(char, byte)>();
        var bytes = Encoding.UTF8.GetBytes(Spelled(text));
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '%')
            {
                parts.Add(('\0', bytes[i]));
                continue;
            }
            var hasDash = i + 2 < bytes.Length && bytes[i + 1] == '-';
            i += hasDash ? 2 : 1;
            if (i >= bytes.Length) return null;
            var field = (char)bytes[i];
            if (field == '%' && !hasDash) parts.Add(('\0', (byte)'%'));
            else if ("YymdHIMSpfgnbBaAzj".Contains(field, StringComparison.Ordinal)) parts.Add((field, 0));
            else return null;
        }
        return parts.Exists(p => p.Item1 != '\0') ? new(([.. parts])) : null;
    }

    /// <summary>A pattern with the fields of those that stand for several; of two percent signs neither begins one.</summary>
    static string Spelled(string text)
    {
        var spelled = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var field = text[i] == '%' && i + 1 < text.Length ? text[++i] : '\0';
            spelled.Append(field switch
            {
                '\0' => text[i].ToString(),
                'T' or 'X' => "%H:%M:%S",
                'x' => "%Y-%m-%d",
                'c' => "%Y-%m-%d %H:%M:%S",
                _ => $"%{field}",
            });
        }
        return spelled.ToString();
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">All of it must be part of the moment.</param>
    /// <param name="seconds">Since 1970-01-01, in UTC where the pattern has an offset.</param>
    /// <param name="nanos">Beyond those seconds.</param>
    public bool TryRead(ReadOnlySpan<byte> text, out long seconds, out int nanos)
    {
        (seconds, nanos) = (0, 0);
        text = text.Trim(" \t\n\v\f\r"u8);
        var moment = new Moment { Year = 1900, Month = 1, Day = 1 };
        for (var i = 0; i < _parts.Length; i++)
        {
            var (field, literal) = _parts[i];
            if (field != '\0')
            {
                if (!TryField(field, ref text, ref moment)) return false;
            }
            else if (IsBlank(literal))
            {
                if (text.IsEmpty || !IsBlank(text[0])) return false;
                text = text.TrimStart(" \t\n\v\f\r"u8);
                while (i + 1 < _parts.Length && IsBlank(_parts[i + 1].Literal)) i++;
            }
            else
            {
                if (text.IsEmpty || text[0] != literal) return false;
                text = text[1..];
            }
        }
        return text.IsEmpty && moment.TryTotal(out seconds, out nanos);
    }

    static bool TryField(char field, ref ReadOnlySpan<byte> text, ref Moment moment)
    {
        switch (field)
        {
            case 'Y': return TryNumber(ref text, 4, 0, 9999, out moment.Year);
            case 'y':
                if (!TryNumber(ref text, 2, 0, 99, out moment.Year)) return false;
                moment.Year += moment.Year >= 69 ? 1900 : 2000;
                return true;
            case 'm': return TryNumber(ref text, 2, 1, 12, out moment.Month);
            case 'd': return TryNumber(ref text, 2, 1, 31, out moment.Day);
            case 'j': return TryNumber(ref text, 3, 1, 366, out moment.DayOfYear);
            case 'H': return TryNumber(ref text, 2, 0, 23, out moment.Hour);
            case 'I': return TryNumber(ref text, 2, 1, 12, out moment.Hour);
            case 'M': return TryNumber(ref text, 2, 0, 59, out moment.Minute);
            case 'S': return TryNumber(ref text, 2, 0, 59, out moment.Second);
            case 'f': return TryFraction(ref text, 6, ref moment.Nanos);
            case 'g': return TryFraction(ref text, 3, ref moment.Nanos);
            case 'n': return TryFraction(ref text, 9, ref moment.Nanos);
            case 'b': return TryName(ref text, MonthLetters, ref moment.Month);
            case 'B': return TryName(ref text, MonthNames, ref moment.Month);
            case 'p': return TryHalf(ref text, out moment.Half);
            case 'z': return TryOffset(ref text, out moment.Offset);
            default:
                var ignored = 0;
                return TryName(ref text, field == 'a' ? DayLetters : DayNames, ref ignored);
        }
    }

    static bool TryNumber(ref ReadOnlySpan<byte> text, int digits, int least, int most, out int number)
    {
        number = 0;
        var count = 0;
        for (; count < digits && count < text.Length && (uint)(text[count] - '0') <= 9; count++) number = (number * 10) + text[count] - '0';
        text = text[count..];
        return count > 0 && number >= least && number <= most;
    }

    static bool TryFraction(ref ReadOnlySpan<byte> text, int digits, ref int nanos)
    {
        var before = text.Length;
        if (!TryNumber(ref text, digits, 0, int.MaxValue, out nanos)) return false;
        for (var i = before - text.Length; i < 9; i++) nanos *= 10;
        return true;
    }

    static bool TryName(ref ReadOnlySpan<byte> text, byte[][] names, ref int number)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (text.Length < names[i].Length || !Ascii.EqualsIgnoreCase(text[..names[i].Length], names[i])) continue;
            text = text[names[i].Length..];
            number = i + 1;
            return true;
        }
        return false;
    }

    static bool TryHalf(ref ReadOnlySpan<byte> text, out int half)
    {
        half = text.Length < 2 || (text[1] | 0x20) != 'm' ? 0 : (text[0] | 0x20) switch { 'a' => 1, 'p' => 2, _ => 0 };
        if (half > 0) text = text[2..];
        return half > 0;
    }

    static bool TryOffset(ref ReadOnlySpan<byte> text, out int seconds)
    {
        seconds = 0;
        if (text.Length < 3 || text[0] is not ((byte)'+' or (byte)'-')) return false;
        var sign = text[0] == '-' ? -1 : 1;
        text = text[1..];
        var before = text.Length;
        if (!TryNumber(ref text, 2, 0, 23, out var hours) || before - text.Length < 2) return false;
        var minutes = 0;
        if (text.Length > 2 && text[0] == ':') text = text[1..];
        if (text.Length >= 2 && (uint)(text[0] - '0') <= 9 && !TryNumber(ref text, 2, 0, 59, out minutes)) return false;
        seconds = sign * ((hours * 60) + minutes) * 60;
        return true;
    }

    static bool IsBlank(byte b) => b is (byte)' ' or >= 9 and <= 13;

    struct Moment
    {
        public int Year;
        public int Month;
        public int Day;
        public int DayOfYear;
        public int Hour;
        public int Minute;
        public int Second;
        public int Nanos;
        public int Offset;

        // 0 none, 1 in the morning, 2 in the afternoon.
        public int Half;

        public bool TryTotal(out long seconds, out int nanos)
        {
            (seconds, nanos) = (0, Nanos);
            var isLeap = (Year % 4 == 0 && Year % 100 != 0) || Year % 400 == 0;
            var most = Month switch { 2 => isLeap ? 29 : 28, 4 or 6 or 9 or 11 => 30, _ => 31 };
            if (Day > most || DayOfYear > (isLeap ? 366 : 365) || (Half > 0 && Hour > 12)) return false;
            var hour = Half == 1 && Hour == 12 ? 0 : Half == 2 && Hour < 12 ? Hour + 12 : Hour;
            var days = DayOfYear > 0 ? Calendar.Days(Year, 1, 1) + DayOfYear - 1 : Calendar.Days(Year, Month, Day);
            seconds = (((((days * 24) + hour) * 60) + Minute) * 60) + Second - Offset;
            return true;
        }
    }
}
