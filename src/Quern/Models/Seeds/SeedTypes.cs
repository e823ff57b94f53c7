using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Quern.Models.Seeds;

/// <summary>Finds the type of a seed's column from all of its values (specification section 3.5).</summary>
/// <remarks>Tried in order: whole number, number, day, time, ISO time, boolean; what fits none is text. Values that are empty or
/// <c>null</c> say nothing; a column of only these counts as whole numbers.</remarks>
sealed partial class SeedTypes
{
    static readonly (string Type, Func<string, bool> Fits)[] Types =
    [
        ("INTEGER", IsWhole),
        ("DOUBLE", v => Number().IsMatch(v)),
        ("DATE", v => IsTime(v, "yyyy-M-d")),
        ("TIMESTAMP", v => IsTime(v, "yyyy-M-d H:m:s")),
        ("TIMESTAMP", v => IsoTime().IsMatch(v) && DateTimeOffset.TryParse(v, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)),
        ("BOOLEAN", v => v.Equals("true", StringComparison.OrdinalIgnoreCase) || v.Equals("false", StringComparison.OrdinalIgnoreCase)),
    ];

    /// <summary>The types that all values so far fit.</summary>
    readonly bool[] _open = [.. Types.Select(_ => true)];
    BigInteger _least, _most;

    /// <summary>Whether no value can change the type any more.</summary>
    public bool IsText => Array.IndexOf(_open, true) < 0;

    /// <summary>Takes a value of the column.</summary>
    public void Add(string value)
    {
        var text = value.Trim();
        if (text.Length == 0 || text.Equals("null", StringComparison.OrdinalIgnoreCase)) return;
        for (var i = 0; i < Types.Length; i++) _open[i] = _open[i] && Types[i].Fits(text);
        if (!_open[0]) return;
        var whole = BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (whole < _least) _least = whole;
        if (whole > _most) _most = whole;
    }

    /// <summary>The type in SQL: the first that all values fit.</summary>
    public string Type => Array.IndexOf(_open, true) switch
    {
        < 0 => "VARCHAR",
        0 when _least >= int.MinValue && _most <= int.MaxValue => "INTEGER",
        0 when _least >= long.MinValue && _most <= long.MaxValue => "BIGINT",
        0 => "HUGEINT",
        var first => Types[first].Type,
    };

    static bool IsWhole(string text) => Whole().IsMatch(text);

    static bool IsTime(string text, string format) =>
        DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(@"^[+-]?[0-9]+$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}")]
    private static partial Regex IsoTime();
}
