namespace Quern.Projects.Context;

/// <summary>Puts the queries of ephemeral models into a query that reads them, as CTEs (specification section 3.3).</summary>
static class CteInjection
{
    /// <summary>The name of an ephemeral model inside those who read it.</summary>
    public static string NameOf(string model) => "__dbt__cte__" + model;

    /// <summary>The query with the CTEs in front: behind its own <c>with</c> when it begins with one.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="ctes">Names of models and their queries, each behind those it reads.</param>
    public static string Inject(string sql, IReadOnlyList<(string Model, string Sql)> ctes)
    {
        if (ctes.Count == 0) return sql;
        var text = string.Join(", ", ctes.Select(c => $" {NameOf(c.Model)} as (\n{c.Sql}\n)"));
        var start = SkipBlanks(sql, 0);
        var with = Word(sql, start);
        if (!"with".Equals(with, StringComparison.OrdinalIgnoreCase)) return $"{sql[..start]}with{text} {sql[start..]}";
        var end = start + with.Length;
        var next = SkipBlanks(sql, end);
        if (Word(sql, next) is { } word && word.Equals("recursive", StringComparison.OrdinalIgnoreCase)) end = next + word.Length;
        return $"{sql[..end]} {text},{sql[end..]}";
    }

    // Blanks and comments.
    static int SkipBlanks(string sql, int at)
    {
        while (at < sql.Length)
        {
            if (char.IsWhiteSpace(sql[at])) at++;
            else if (sql.AsSpan(at).StartsWith("--")) at = sql.IndexOf('\n', at) is var line and >= 0 ? line + 1 : sql.Length;
            else if (sql.AsSpan(at).StartsWith("/*")) at = Behind(sql.IndexOf("*/", at + 2, StringComparison.Ordinal));
            else break;
        }
        return at;

        int Behind(int close) => close < 0 ? sql.Length : close + 2;
    }

    static string? Word(string sql, int at)
    {
        var end = at;
        while (end < sql.Length && char.IsAsciiLetter(sql[end])) end++;
        return end == at ? null : sql[at..end];
    }
}
