using System.Globalization;

namespace Quern.Rollups.Answering;

/// <summary>Compares two results as sets of rows, in which a row may come several times: numbers within 1e-9 of the greater one, all else
/// exactly.</summary>
static class Comparing
{
    const double Tolerance = 1e-9;

    /// <summary>The first difference in words; null when there is none.</summary>
    public static string? Difference(QueryResult one, QueryResult other)
    {
        if (one.Rows != other.Rows) return string.Create(CultureInfo.InvariantCulture, $"{one.Rows:N0} rows from {one.AnsweredBy}, {other.Rows:N0} from {other.AnsweredBy}");
        var (left, right) = (Rows(one), Rows(other));
        for (var i = 0; i < left.Count; i++)
        {
            for (var c = 0; c < left[i].Length; c++)
                if (!Same(left[i][c], right[i][c])) return $"{one.AnsweredBy}: {string.Join(", ", left[i].Select(Text))}; {other.AnsweredBy}: {string.Join(", ", right[i].Select(Text))}";
        }
        return null;
    }

    static List<object?[]> Rows(QueryResult result)
    {
        var rows = new List<object?[]>(result.Rows);
        for (var row = 0; row < result.Rows; row++) rows.Add([.. result.Values.Select(c => c.Value(row))]);
        // First what must be the same, then numbers, which may differ in their last digits.
        var columns = Enumerable.Range(0, result.Columns.Count).OrderBy(c => result.Values[c] is RealColumn).ToList();
        rows.Sort((a, b) =>
        {
            foreach (var c in columns)
            {
                var order = a[c] is double x && b[c] is double y ? x.CompareTo(y) : string.CompareOrdinal(Text(a[c]), Text(b[c]));
                if (order != 0) return order;
            }
            return 0;
        });
        return rows;
    }

    static bool Same(object? one, object? other)
    {
        if (one is double a && other is double b) return a.Equals(b) || Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b));
        return Text(one) == Text(other);
    }

    static string Text(object? value) => value is null ? "NULL" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
