using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Models.Materializations;

/// <summary>The columns that a model promises (<c>contract: {enforced: true}</c>).</summary>
sealed class Contract
{
    readonly Build _build;

    Contract(Build build) => _build = build;

    /// <summary>The contract of a node; null when it has none that is enforced.</summary>
    public static Contract? Of(Build build) =>
        build.Config["contract"] is Dict wanted && wanted["enforced"] is true ? new Contract(build) : null;

    /// <summary>The columns as a list in SQL.</summary>
    public string Names() => Sql.Names(_build.Node.Columns.Values.Select(c => c.Name));

    /// <summary>Compares what the query gives with what is promised; the order of columns does not matter.</summary>
    /// <exception cref="QuernException">QN7221: they differ.</exception>
    public void Check()
    {
        var columns = _build.Node.Columns.Values;
        if (columns.FirstOrDefault(c => string.IsNullOrWhiteSpace(c.DataType)) is { } open)
            throw Broken([$"{open.Name} has no data_type"]);
        if (columns.Count == 0) throw Broken(["no columns are described"]);
        var promised = _build.Session.ColumnsOf(
            $"select {string.Join(", ", columns.Select(c => $"null::{c.DataType} as {Sql.Name(c.Name)}"))}");
        var given = _build.QueryColumns();
        var differences = new List<string>();
        foreach (var want in promised)
        {
            var have = given.FirstOrDefault(g => Same(g, want));
            if (have is null) differences.Add($"{want.Name} {want.Type} is missing");
            else if (!have.Type.Equals(want.Type, StringComparison.OrdinalIgnoreCase))
                differences.Add($"{want.Name} is {have.Type}, not {want.Type}");
        }
        differences.AddRange(given.Where(g => !promised.Any(p => Same(g, p))).Select(g => $"{g.Name} {g.Type} is not promised"));
        if (differences.Count > 0) throw Broken(differences);
    }

    /// <summary>Columns and constraints as CREATE TABLE takes them.</summary>
    public string Definition()
    {
        var parts = _build.Node.Columns.Values
            .Select(c => string.Join(' ', [Sql.Name(c.Name), c.DataType, .. c.Constraints.Select(k => Constraint(k, c))])).ToList();
        parts.AddRange(_build.Node.Constraints.Select(k => Constraint(k, null)).Where(k => k.Length > 0));
        return string.Join(", ", parts);
    }

    string Constraint(object? written, ColumnInfo? column)
    {
        if (written is not Dict constraint || constraint["type"] is not string type) throw NotKnown(written);
        var expression = constraint["expression"] as string ?? "";
        var names = constraint["columns"] is List<object?> list ? $" ({Sql.Names(list.OfType<string>())})" : "";
        return type switch
        {
            "not_null" when column is not null => $"not null {expression}",
            "not_null" => throw NotKnown(written),
            "unique" => column is null ? $"unique{names} {expression}" : $"unique {expression}",
            "primary_key" => column is null ? $"primary key{names} {expression}" : $"primary key {expression}",
            "check" => $"check ({expression})",
            "foreign_key" when constraint["to"] is string to =>
                $"{ForeignKey(column, names)}references {_build.Render($"{{{{ {to} }}}}")} ({ToColumns(constraint)})",
            "foreign_key" => $"{ForeignKey(column, names)}references {expression}",
            "custom" => expression,
            _ => throw NotKnown(written),
        };
    }

    static string ForeignKey(ColumnInfo? column, string names) => column is null ? $"foreign key{names} " : "";

    static string ToColumns(Dict constraint) => constraint["to_columns"] is List<object?> list ? Sql.Names(list.OfType<string>()) : "";

    static bool Same(TableColumn one, TableColumn other) => one.Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase);

    QuernException Broken(IEnumerable<string> differences) => new(new Fault("QN7221", $"{_build.Node.Name} does not keep its contract")
    {
        Where = _build.Node.PatchFile ?? _build.Node.File,
        Value = string.Join('\n', differences),
        Wanted = "the columns and types of its YAML, as `contract: {enforced: true}` asks for",
        Try = ["cast the columns in the query", "correct name and data_type in the YAML"],
    });

    QuernException NotKnown(object? written) => new(new Fault("QN7222", "this constraint is not known")
    {
        Where = _build.Node.PatchFile ?? _build.Node.File,
        Value = PythonText.Represent(written),
        Wanted = "type: not_null (of a column), unique, primary_key, foreign_key, check or custom",
    });
}
