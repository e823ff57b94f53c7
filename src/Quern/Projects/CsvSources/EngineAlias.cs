using System.Text.RegularExpressions;
using Quern.Duck;

namespace Quern.Projects.CsvSources;

/// <summary>The name that a file has in a statement where nobody gives it one: the engine takes that of the file up to its first dot, so
/// that <c>select rates.day from 'data/rates.csv'</c> works. A view is called by its whole name instead.</summary>
static class EngineAlias
{
    /// <summary>The statement with such a name put behind the path, where it is used.</summary>
    /// <param name="sql">One or more statements.</param>
    /// <param name="path">The path as it stands there, without quotes.</param>
    public static string Add(string sql, string path)
    {
        if (NameOf(path) is not { } name) return sql;
        foreach (var literal in (string[])[Sql.Text(path), Sql.Name(path)])
        {
            if (!sql.Contains(literal, StringComparison.Ordinal)) continue;
            if (!IsUsed(sql.Replace(literal, "", StringComparison.Ordinal), name)) continue;
            sql = Regex.Replace(sql, Regex.Escape(literal) + Behind, _ => $"{literal} as {Sql.Name(name)}", RegexOptions.IgnoreCase);
        }
        return sql;
    }

    /// <summary>What may stand behind a table that has no name of its own.</summary>
    const string Behind =
        @"(?=\s*(?:\z|[),;]|(?:where|join|inner|left|right|full|cross|natural|positional|asof|semi|anti|on|using|group|order|having"
        + @"|limit|offset|union|intersect|except|qualify|window|tablesample|select|from|pivot|unpivot)\b))";

    static string? NameOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        name = name[..name.IndexOf('.', StringComparison.Ordinal)];
        return name.Length == 0 || path.AsSpan().ContainsAny('*', '?', '[') ? null : name;
    }

    static bool IsUsed(string sql, string name) => Regex.IsMatch(
        sql, $@"(?<![\w.])(?:{Regex.Escape(name)}|{Regex.Escape(Sql.Name(name))})\s*\.\s*[""\w*]", RegexOptions.IgnoreCase);
}
