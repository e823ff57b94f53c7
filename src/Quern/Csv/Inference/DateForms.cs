namespace Quern.Csv.Inference;

/// <summary>The spellings of days and moments, other than ISO 8601, that are recognised: a form of the day and, behind a blank, one of
/// the time.</summary>
/// <remarks>A cell may fit several: <c>01/02/2026</c>. A set of them is the bits of a word.</remarks>
static class DateForms
{
    static readonly string[] Days =
        ["%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d", "%d-%b-%Y", "%d %b %Y"];

    static readonly string[] Times = ["", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p"];

    static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>How many there are.</summary>
    public static int Count => Days.Length * Times.Length;

    /// <summary>A form as formats are written.</summary>
    public static string Name(int form) => Days[form / Times.Length] + Times[form % Times.Length];

    /// <summary>The form of a day alone.</summary>
    public static bool IsDay(int form) => form % Times.Length == 0;

    /// <summary>The form with day and month the other way round; -1 when nobody writes it.</summary>
    public static int Twin(int form) => (form / Times.Length) switch
    {
        1 or 3 => form + Times.Length,
        2 or 4 => form - Times.Length,
        _ => -1,
    };

    /// <summary>The forms that a text fits; 0 for none.</summary>
    public static ulong Of(ReadOnlySpan<byte> text)
    {
        // 1.1.2026 is the shortest.
        if (text.Length is < 8 or > 40) return 0;
        var first = Digits(text);
        if (first is 0 or > 4 || first == 3 || first >= text.Length) return 0;
        var separator = text[first];
        if (separator is not ((byte)'.' or (byte)'/' or (byte)'-' or (byte)' ')) return 0;
        var rest = text[(first + 1)..];
        MomentText.Number(text[..first], out var a);
        if (Month(rest) is > 0 and var named)
            return separator is (byte)'-' or (byte)' ' && first <= 2 ? Named(rest[3..], separator, a, named) : 0;
        var second = Digits(rest);
        if (second is 0 or > 2 || second >= rest.Length || rest[second] != separator || separator == ' ') return 0;
        MomentText.Number(rest[..second], out var b);
        rest = rest[(second + 1)..];
        var third = Digits(rest);
        if (third == 0 || (first == 4 ? third > 2 : third != 4)) return 0;
        MomentText.Number(rest[..third], out var c);
        var time = Time(rest[third..]);
        if (time < 0) return 0;
        if (first == 4) return MomentText.IsDay(a, b, c) && separator != '-' ? Bit(separator == '/' ? 5 : 6, time) : 0;
        var dayFirst = MomentText.IsDay(c, b, a);
        var monthFirst = MomentText.IsDay(c, a, b);
        return separator switch
        {
            (byte)'.' => dayFirst ? Bit(0, time) : 0,
            (byte)'/' => (dayFirst ? Bit(1, time) : 0) | (monthFirst ? Bit(2, time) : 0),
            _ => (dayFirst ? Bit(3, time) : 0) | (monthFirst ? Bit(4, time) : 0),
        };
    }

    /// <summary>A number whose order is that of texts that fit a form, to the second.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isMonthFirst">The first number of three is the month.</param>
    public static double Rank(ReadOnlySpan<byte> text, bool isMonthFirst)
    {
        Span<int> numbers = stackalloc int[6];
        numbers.Clear();
        var count = 0;
        for (var at = 0; at < text.Length && count < numbers.Length && (text[at] != '.' || count < 3);)
        {
            var digits = Digits(text[at..]);
            if (digits > 0) MomentText.Number(text.Slice(at, digits), out numbers[count++]);
            else if (count == 1 && Month(text[at..]) is > 0 and var named) numbers[count++] = named;
            at += Math.Max(1, digits);
        }
        var (day, month, year) = numbers[0] > 31 ? (numbers[2], numbers[1], numbers[0])
            : isMonthFirst ? (numbers[1], numbers[0], numbers[2])
            : (numbers[0], numbers[1], numbers[2]);
        var hour = numbers[3];
        if ((text[^1] | 0x20) == 'm') hour = (hour % 12) + ((text[^2] | 0x20) == 'p' ? 12 : 0);
        return (((((((((year * 100.0) + month) * 100) + day) * 100) + hour) * 100) + numbers[4]) * 100) + numbers[5];
    }

    static ulong Named(ReadOnlySpan<byte> rest, byte separator, int day, int month)
    {
        if (rest.Length < 5 || rest[0] != separator || Digits(rest[1..]) != 4) return 0;
        MomentText.Number(rest[1..5], out var year);
        var time = Time(rest[5..]);
        return time >= 0 && MomentText.IsDay(year, month, day) ? Bit(separator == '-' ? 7 : 8, time) : 0;
    }

    static ulong Bit(int day, int time) => 1UL << ((day * Times.Length) + time);

    /// <summary>Position of the form of what stands behind a day; -1 for none.</summary>
    static int Time(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return 0;
        if (text[0] != ' ') return -1;
        text = text[1..];
        if (text.Length > 3 && text[^3] == ' ' && (text[^1] | 0x20) == 'm' && (text[^2] | 0x20) is 'a' or 'p')
        {
            return text.Length switch
            {
                8 when IsHalfDay(text[..5]) => 4,
                11 when IsHalfDay(text[..8]) => 5,
                _ => -1,
            };
        }
        if (MomentText.TimeBytes(text, out var isNanos) != text.Length || isNanos) return -1;
        return text.Length switch
        {
            5 => 1,
            8 => 2,
            <= 15 => 3,
            _ => -1,
        };
    }

    static bool IsHalfDay(ReadOnlySpan<byte> time) =>
        MomentText.TimeBytes(time, out _) == time.Length && MomentText.Number(time[..2], out var hour) && hour is >= 1 and <= 12;

    static int Month(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3) return 0;
        for (var month = 0; month < Months.Length; month++)
        {
            var name = Months[month];
            if ((text[0] | 0x20) == name[0] && (text[1] | 0x20) == name[1] && (text[2] | 0x20) == name[2]) return month + 1;
        }
        return 0;
    }

    static int Digits(ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (count < text.Length && text[count] is >= (byte)'0' and <= (byte)'9') count++;
        return count;
    }
}
