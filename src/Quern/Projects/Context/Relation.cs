using Quern.Jinja.Values;
using Quern.Projects.Warehouses;

namespace Quern.Projects.Context;

/// <summary>A relation as templates hold it: prints as <c>"database"."schema"."identifier"</c>.</summary>
/// <remarks>Does not change: <c>include</c>, <c>quote</c> and <c>incorporate</c> give another one.</remarks>
public sealed partial class Relation : TemplateObject, IEquatable<Relation>
{
    /// <summary>A relation in three parts, each of which may be missing.</summary>
    public Relation(string? database, string? schema, string? identifier, RelationKind? kind = null) =>
        (Database, Schema, Identifier, Kind) = (database, schema, identifier, kind);

    /// <summary>Catalog.</summary>
    public string? Database { get; private init; }

    /// <summary>Schema.</summary>
    public string? Schema { get; private init; }

    /// <summary>Name; for an ephemeral model that of its CTE.</summary>
    public string? Identifier { get; private init; }

    /// <summary>What it is; null when that is not known.</summary>
    public RelationKind? Kind { get; private init; }

    /// <summary>SQL that stands for it as it is: the location of an external source; null for a relation of the database.</summary>
    public string? Location { get; init; }

    /// <summary>Which parts are printed. Default: all.</summary>
    internal NameParts Included { get; init; } = NameParts.All;

    /// <summary>Which parts are quoted. Default: all.</summary>
    internal NameParts Quoted { get; init; } = NameParts.All;

    /// <summary>Whether it prints as a query that reads no rows (<c>--empty</c>).</summary>
    internal bool IsWithoutRows { get; init; }

    /// <summary>The condition on event time that its rows are read with; null for all rows.</summary>
    internal string? Span { get; init; }

    /// <summary>As it stands in SQL.</summary>
    public string Render()
    {
        var name = Plain();
        if (IsWithoutRows) return $"(select * from {name} where false limit 0)";
        return Span is null ? name : $"(select * from {name} where {Span})";
    }

    /// <summary>As it stands in SQL with all of its rows: what <c>render()</c> in a template gives, which takes no part in
    /// <c>--empty</c>, samples and batches.</summary>
    internal string Plain() => Location ?? (Kind == RelationKind.Cte ? Identifier ?? "" : Path());

    /// <summary>The same relation as a query that reads the rows of a span of event time.</summary>
    internal Relation Spanning(string condition) => new(Database, Schema, Identifier, Kind)
    {
        Location = Location,
        Included = Included,
        Quoted = Quoted,
        IsWithoutRows = IsWithoutRows,
        Span = condition,
    };

    /// <summary>The same relation as a query that reads none of its rows.</summary>
    internal Relation WithoutRows() => Copy(withoutRows: true);

    /// <summary>The same relation with the parts quoted that a project's <c>quoting</c> says; unnamed ones as they are.</summary>
    internal Relation WithQuoting(Dict quoting) =>
        quoting.Count == 0 ? this
            : Copy(quoted: Quoted.With(Flag(quoting, "database"), Flag(quoting, "schema"), Flag(quoting, "identifier")));

    /// <inheritdoc/>
    public bool Equals(Relation? other) =>
        other is not null && Same(Database, other.Database) && Same(Schema, other.Schema) && Same(Identifier, other.Identifier)
        && Location == other.Location;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Relation);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode($"{Database}.{Schema}.{Identifier}");

    /// <inheritdoc/>
    public override string ToString() => Render();

    string Path()
    {
        var parts = new List<string>(3);
        Add(Database, Included.Database, Quoted.Database);
        Add(Schema, Included.Schema, Quoted.Schema);
        Add(Identifier, Included.Identifier, Quoted.Identifier);
        return string.Join('.', parts);

        void Add(string? part, bool isIncluded, bool isQuoted)
        {
            if (part is not null && isIncluded) parts.Add(isQuoted ? Quern.Duck.Sql.Name(part) : part);
        }
    }

    Relation Copy(NameParts? included = null, NameParts? quoted = null, bool withoutRows = false) =>
        new(Database, Schema, Identifier, Kind)
        {
            Location = Location,
            Included = included ?? Included,
            Quoted = quoted ?? Quoted,
            IsWithoutRows = withoutRows || IsWithoutRows,
            Span = Span,
        };

    static bool? Flag(Dict flags, string name) => flags[name] as bool?;

    static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
