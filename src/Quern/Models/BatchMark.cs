using System.Text;
using Quern.Jinja.Values;

namespace Quern.Models;

/// <summary>What <c>batch(column)</c> writes into a query that may be built part by part: the places where each part puts its condition on
/// a column. As it stands the query is that of all parts.</summary>
static class BatchMark
{
    const string Start = "/*batch ";
    const string End = "*/ true";

    /// <summary>The function <c>batch(column)</c>, for projects whose models are built in parts.</summary>
    public static Function Function { get; } = new("batch", arguments => Start + arguments.Bind("batch", 1, "column").Text(0) + End);

    /// <summary>Whether a query can be built part by part.</summary>
    public static bool IsIn(string sql) => sql.Contains(Start, StringComparison.Ordinal);

    /// <summary>The query of one part.</summary>
    /// <param name="sql">The query of all parts.</param>
    /// <param name="condition">Gives the SQL condition of the part on a column.</param>
    public static string Replace(string sql, Func<string, string> condition)
    {
        var part = new StringBuilder();
        var at = 0;
        while (sql.IndexOf(Start, at, StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = sql.IndexOf(End, start, StringComparison.Ordinal);
            part.Append(sql, at, start - at).Append(condition(sql[(start + Start.Length)..end]));
            at = end + End.Length;
        }
        return part.Append(sql, at, sql.Length - at).ToString();
    }
}
