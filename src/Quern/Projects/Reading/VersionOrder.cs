using System.Globalization;

namespace Quern.Projects.Reading;

/// <summary>Orders versions of a model: numbers by their size, any other text after them by its letters.</summary>
sealed class VersionOrder : IComparer<string?>
{
    public static readonly VersionOrder Instance = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y) => (Number(x), Number(y)) switch
    {
        ({ } a, { } b) => a.CompareTo(b),
        (null, { }) => 1,
        ({ }, null) => -1,
        _ => string.CompareOrdinal(x, y),
    };

    static double? Number(string? text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
