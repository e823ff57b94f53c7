using System.Globalization;

namespace Quern.Packs.OpenShift;

/// <summary>Reads single values of parameters from text.</summary>
public static class ParameterValue
{
    const int FirstYear = 1900, LastYear = 9998;

    /// <summary>A day of the years 1900 to 9998: <c>2025-10-01</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="where">The option or field it comes from.</param>
    /// <exception cref="QuernException">QN1123, exit code 2.</exception>
    public static DateOnly Day(string text, string where) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= FirstYear and <= LastYear
            ? day
            : throw ParameterFaults.Type("a day", where, $"\"{text}\"", "2025-10-01");

    /// <summary>A UUID, with hyphens.</summary>
    /// <inheritdoc cref="Day"/>
    public static Guid Uuid(string text, string where) =>
        Guid.TryParseExact(text, "D", out var uuid)
            ? uuid
            : throw ParameterFaults.Type("a UUID", where, $"\"{text}\"", "6e212746-484a-40cd-bba0-09a19d132d64");

    /// <summary>A whole number of 32 bits.</summary>
    /// <inheritdoc cref="Day"/>
    public static int Whole(string text, string where) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ParameterFaults.Type("a whole number", where, $"\"{text}\"", "1");
}
