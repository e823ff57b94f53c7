using System.Globalization;
using System.Text;

namespace Quern.Duck;

/// <summary>Puts values and names into SQL text, quoted so that they can be nothing else.</summary>
public static class Sql
{
    /// <summary>A string literal: <c>'it''s'</c>; NULL for null.</summary>
    public static string Text(string? value)
    {
        if (value is null) return "NULL";
        // The engine's interface ends a text of SQL at a NUL.
        return value.Contains('\0', StringComparison.Ordinal)
            ? $"({string.Join(" || chr(0) || ", value.Split('\0').Select(Text))})"
            : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>
    /// A literal that <c>read_csv</c>, <c>read_parquet</c> and their like take for one file: what they would take for a
    /// pattern stands for itself, <c>'a[[]1].csv'</c>.
    /// </summary>
    /// <exception cref="QuernException">QN2017, exit code 2: in patterns the engine takes a backslash for a slash, so that
    /// a path with both has no spelling.</exception>
    public static string File(string path)
    {
        if (path.AsSpan().IndexOfAny("*?[") < 0) return Text(path);
        if (path.Contains('\\', StringComparison.Ordinal)) throw NoSpelling(path);
        var literal = new StringBuilder();
        foreach (var c in path) literal.Append(c is '*' or '?' or '[' ? $"[{c}]" : c.ToString());
        return Text(literal.ToString());
    }

    /// <summary>A list of such literals.</summary>
    public static string Files(IEnumerable<string> paths) => $"[{string.Join(", ", paths.Select(File))}]";

    /// <summary>An identifier: <c>"a ""b"""</c>.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A qualified name, each part quoted; parts that are null are left out.</summary>
    public static string Name(string? catalog, string? schema, string name) =>
        string.Join('.', new[] { catalog, schema, name }.OfType<string>().Select(Name));

    /// <summary>A DATE literal.</summary>
    public static string Date(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"DATE '{day:yyyy-MM-dd}'");

    /// <summary>A TIMESTAMP literal: the first moment of a day.</summary>
    public static string Midnight(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"TIMESTAMP '{day:yyyy-MM-dd}'");

    /// <summary>A list of string literals: <c>['a', 'b']</c>.</summary>
    public static string Texts(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(Text))}]";

    static QuernException NoSpelling(string path) =>
        new(new Fault("QN2017", "a path cannot have a backslash together with one of * ? [")
        {
            Where = path,
            Try = ["rename the file or the folder"],
            ExitCode = ExitCode.Usage,
        });

    /// <summary>Identifiers with commas between.</summary>
    public static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(Name));
}
