using System.Text;

namespace Quern.Projects;

/// <summary>A model as SQL.</summary>
/// <param name="Name">Its name, and that of the relation it makes.</param>
/// <param name="Path">Its file, from the project's folder.</param>
/// <param name="Materialization">How it lands.</param>
/// <param name="Sql">The rendered text: one SELECT.</param>
/// <param name="DependsOn">Names of the models it reads, in order of appearance.</param>
/// <param name="Sources">The sources it reads, as <c>schema.table</c>, in order of appearance.</param>
public sealed record CompiledModel(
    string Name, string Path, Materialization Materialization, string Sql, IReadOnlyList<string> DependsOn, IReadOnlyList<string> Sources)
{
    const string BatchStart = "/*batch ";
    const string BatchEnd = "*/ true";

    /// <summary>Whether it can be built part by part, by the values of columns that its template names with <c>batch(column)</c>.</summary>
    public bool IsBatched => Sql.Contains(BatchStart, StringComparison.Ordinal);

    /// <summary>The SQL of one part.</summary>
    /// <param name="condition">Gives the SQL condition of the part on a column.</param>
    public string SqlOf(Func<string, string> condition)
    {
        var sql = new StringBuilder();
        var at = 0;
        while (Sql.IndexOf(BatchStart, at, StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = Sql.IndexOf(BatchEnd, start, StringComparison.Ordinal);
            sql.Append(Sql, at, start - at).Append(condition(Sql[(start + BatchStart.Length)..end]));
            at = end + BatchEnd.Length;
        }
        return sql.Append(Sql, at, Sql.Length - at).ToString();
    }

    /// <summary>What <c>batch(column)</c> writes: true, and the column for <see cref="SqlOf"/>.</summary>
    internal static string Batch(string column) => BatchStart + column + BatchEnd;
}
