using System.Text;
using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Models.Materializations;
using Quern.Projects.Warehouses;

namespace Quern.Models.Incremental;

/// <summary>The clauses of a MERGE that a model writes out itself (<c>merge_clauses</c>).</summary>
static class MergeClauses
{
    static readonly (string Key, string Words)[] Kinds =
    [
        ("when_matched", "when matched"),
        ("when_not_matched", "when not matched"),
        ("when_not_matched_by_source", "when not matched by source"),
    ];

    /// <summary>The clauses in SQL, in the order of MERGE.</summary>
    /// <exception cref="QuernException">QN7232: something in them is not known.</exception>
    public static string Of(Build build, object? written, IReadOnlyList<TableColumn> columns)
    {
        if (written is not Dict clauses) throw Wrong(build, written, "a mapping of when_matched and when_not_matched");
        if (clauses.Keys.FirstOrDefault(k => !Kinds.Any(kind => k is string name && name == kind.Key)) is { } unknown)
            throw Wrong(build, unknown, "when_matched, when_not_matched or when_not_matched_by_source");
        var sql = new StringBuilder();
        foreach (var (key, words) in Kinds)
        {
            if (clauses[key] is not (null or List<object?>)) throw Wrong(build, clauses[key], $"{key}: a list of mappings with `action`");
            foreach (var entry in clauses[key] as List<object?> ?? [])
            {
                if (entry is not Dict clause) throw Wrong(build, entry, "a mapping with `action`");
                if (clause["condition"] is not (null or string)) throw Wrong(build, clause["condition"], "condition: a text of SQL");
                sql.Append($"\n{words}{MergeStatement.Condition(clause["condition"] as string)} then {Action(build, clause, columns)}");
            }
        }
        if (sql.Length == 0) throw Wrong(build, written, "at least one clause");
        return sql.ToString();
    }

    static string Action(Build build, Dict clause, IReadOnlyList<TableColumn> columns) => clause["action"] switch
    {
        "update" => $"update {Update(build, clause, columns)}",
        "insert" => $"insert {Insert(build, clause)}",
        "delete" => "delete",
        "do_nothing" => "do nothing",
        "error" => clause["error_message"] is string message ? $"error {Sql.Text(message)}" : "error",
        var other => throw Wrong(build, other, "action: update, insert, delete, do_nothing or error"),
    };

    static string Update(Build build, Dict clause, IReadOnlyList<TableColumn> columns)
    {
        var part = clause["update"] as Dict;
        return clause["mode"] switch
        {
            null when part is null => "by name",
            "by_name" or "star" => "by name",
            "by_position" => "by position",
            null or "explicit" => MergeStatement.Set(
                columns, Texts(part?["include"]), Texts(part?["exclude"]), part?["set_expressions"] as Dict),
            var other => throw Wrong(build, other, "mode: by_name, by_position or explicit"),
        };
    }

    static string Insert(Build build, Dict clause)
    {
        var part = clause["insert"] as Dict;
        return clause["mode"] switch
        {
            null when part is null => "by name",
            "by_name" or "star" => "by name",
            "by_position" => "by position",
            null or "explicit" when Texts(part?["columns"]) is { } names && Texts(part?["values"]) is { } values =>
                $"({Sql.Names(names)}) values ({string.Join(", ", values)})",
            null or "explicit" => throw Wrong(build, part, "insert: {columns: [...], values: [...]}"),
            var other => throw Wrong(build, other, "mode: by_name, by_position or explicit"),
        };
    }

    static List<string>? Texts(object? value) => value switch
    {
        null => null,
        string one => [one],
        List<object?> many => [.. many.Select(PythonText.Of)],
        _ => [],
    };

    static QuernException Wrong(Build build, object? value, string wanted) =>
        new(new Fault("QN7232", "this part of `merge_clauses` is not known")
        {
            Where = build.Node.File,
            Value = PythonText.Represent(value),
            Wanted = wanted,
        });
}
