using System.Globalization;

namespace Quern.Delivery.Sqlite;

/// <summary>A scope as a condition of SQLite's, in which days are texts.</summary>
static class ScopeText
{
    /// <summary>The condition; false when the scope has no day.</summary>
    public static string Condition(Scope scope)
    {
        if (scope.Days.Count == 0) return "false";
        var day = SqliteName.Of(scope.DayColumn);
        var ranges = scope.Ranges().Select(r => $"{day} between {Date(r.First)} and {Date(r.Last)}");
        return $"{SqliteName.Of(scope.KeyColumn)} = {SqliteName.Text(scope.Key)} and ({string.Join(" or ", ranges)})";
    }

    static string Date(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"'{day:yyyy-MM-dd}'");
}
