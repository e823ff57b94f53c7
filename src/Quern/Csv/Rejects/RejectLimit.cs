using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Quern.Csv.Rejects;

/// <summary>How many rows may be set aside before a run fails: a number, or a part of all rows.</summary>
sealed class RejectLimit
{
    RejectLimit(string text) => Text = text;

    /// <summary>As it was written: <c>100</c> or <c>0.5%</c>.</summary>
    public string Text { get; }

    /// <summary>Rows; null where the limit is a part.</summary>
    public long? Rows { get; private init; }

    /// <summary>Part of all rows in percent; null where the limit is a number.</summary>
    public decimal? Percent { get; private init; }

    /// <summary>Reads a limit.</summary>
    /// <param name="text">A whole number, or 0 to 100 and a percent sign.</param>
    /// <param name="limit">What it says; null when it says none.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out RejectLimit? limit)
    {
        limit = null;
        if (text.EndsWith('%'))
        {
            if (decimal.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100)
                limit = new(text) { Percent = percent };
        }
        else if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rows))
        {
            limit = new(text) { Rows = rows };
        }
        return limit is not null;
    }

    /// <summary>True when so many rows out of so many are too many.</summary>
    public bool IsExceeded(long rejected, long read) => Rows is { } most ? rejected > most : rejected * 100m > Percent * read;
}
