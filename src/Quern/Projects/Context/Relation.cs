using Quern.Jinja.Values;
using Quern.Projects.Warehouses;

namespace Quern.Projects.Context;

/// <summary>A relation as templates hold it: prints as <c>"database"."schema"."identifier"</c>.</summary>
/// <remarks>Does not change: <c>include</c>, <c>quote</c> and <c>incorporate</c> give another one.</remarks>
public sealed partial class Relation : TemplateObject
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

    /// <summary>As it stands in SQL.</summary>
    public string Render() => Location ?? (Kind == RelationKind.Cte
        ? Identifier ?? ""
        : string.Join('.', new[] { Database, Schema, Identifier }.OfType<string>().Select(p => $"\"{p.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")));

    /// <inheritdoc/>
    public override string ToString() => Render();
}
