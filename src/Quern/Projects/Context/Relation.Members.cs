using Quern.Jinja;
using Quern.Jinja.Values;
using Quern.Projects.Warehouses;

namespace Quern.Projects.Context;

// What templates see of a relation.
public sealed partial class Relation
{
    static readonly Dictionary<string, Func<Relation, Arguments, object?>> Methods = new(StringComparer.Ordinal)
    {
        ["render"] = (r, _) => r.Plain(),
        ["include"] = (r, a) => r.Copy(included: Parts(a, "include", r.Included)),
        ["quote"] = (r, a) => r.Copy(quoted: Parts(a, "quote", r.Quoted)),
        ["incorporate"] = (r, a) => r.Incorporate(a),
        ["replace_path"] = (r, a) => r.Replace(a.NamedAsDict()),
        ["replace"] = (r, a) => r.Incorporate(a),
        ["without_identifier"] = (r, _) => new Relation(r.Database, r.Schema, null, null) { Included = r.Included, Quoted = r.Quoted },
        ["information_schema"] = (r, a) => r.InformationSchema(a),
        ["information_schema_only"] = (r, _) => r.InformationSchema(null),
        ["matches"] = (r, a) => r.Matches(a),
        ["quoted"] = (_, a) => Quern.Duck.Sql.Name(a.Bind("quoted", 1, "identifier").Text(0)),
        ["create"] = (_, a) => Make(a),
        ["render_limited"] = (r, _) => r.Render(),
        ["get"] = (r, a) =>
        {
            var bound = a.Bind("get", 1, "key", "default");
            return r.TryGetAttribute(bound.Text(0), out var found) ? found : bound[1];
        },
    };

    /// <inheritdoc/>
    public override string TypeName => "DuckDBRelation";

    /// <inheritdoc/>
    /// <remarks>Packages tell a relation from a text by <c>is mapping</c> and its <c>metadata</c>.</remarks>
    public override bool IsMapping => true;

    /// <inheritdoc/>
    public override bool IsTrue => true;

    /// <inheritdoc/>
    public override IEnumerable<object?> Items => ["metadata", "path", "type", "quote_policy", "include_policy"];

    /// <inheritdoc/>
    public override bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && TryGetAttribute(name, out value);
    }

    /// <inheritdoc/>
    public override string Represent() => $"<DuckDBRelation {Render()}>";

    /// <inheritdoc/>
    public override bool TryGetAttribute(string name, out object? value)
    {
        (var found, value) = name switch
        {
            "database" => (true, (object?)Database),
            "schema" => (true, Schema),
            "identifier" or "name" or "table" => (true, Identifier),
            "type" => (true, Kind?.ToString().ToLowerInvariant()),
            "is_table" => (true, Kind == RelationKind.Table),
            "is_view" => (true, Kind == RelationKind.View),
            "is_cte" => (true, Kind == RelationKind.Cte),
            "is_external" => (true, Kind == RelationKind.External),
            "is_materialized_view" or "is_dynamic_table" or "is_pointer" or "is_temporary" => (true, false),
            "external" => (true, Location),
            "metadata" => (true, new Dict { ["type"] = TypeName }),
            "quote_character" => (true, "\""),
            "path" => (true, PartsDict(Database, Schema, Identifier)),
            "quote_policy" => (true, PartsDict(Quoted.Database, Quoted.Schema, Quoted.Identifier)),
            "include_policy" => (true, PartsDict(Included.Database, Included.Schema, Included.Identifier)),
            "can_be_renamed" => (true, Kind is RelationKind.Table or RelationKind.View),
            "Table" or "View" or "CTE" or "External" => (true, name.ToLowerInvariant()),
            _ when Methods.TryGetValue(name, out var method) => (true, new Function(name, arguments => method(this, arguments))),
            _ => (false, null),
        };
        return found;
    }

    /// <summary>What <c>api.Relation.create</c> makes: parts by name, <c>type</c>, quoting.</summary>
    internal static Relation Make(Arguments arguments)
    {
        var bound = arguments.Bind(
            "create", 0, "database", "schema", "identifier", "type", "quote_policy", "include_policy", "path",
            "external_location", "limit");
        var path = bound[6] as Dict ?? new Dict();
        return new Relation(
            TextOf(bound[0] ?? path["database"]), TextOf(bound[1] ?? path["schema"]), TextOf(bound[2] ?? path["identifier"]),
            KindOf(bound[3]))
        {
            Location = TextOf(bound[7]),
            Quoted = Policy(bound[4], NameParts.All),
            Included = Policy(bound[5], NameParts.All),
        };
    }

    /// <summary>The kind of a name: <c>table</c>; null for no name.</summary>
    internal static RelationKind? KindOf(object? type) => type switch
    {
        null or Undefined => null,
        "table" => RelationKind.Table,
        "view" => RelationKind.View,
        "external" => RelationKind.External,
        "cte" => RelationKind.Cte,
        _ => throw new QuernException(new Fault("QN7128", "there is no such type of relation")
        {
            Value = PythonText.Of(type),
            Wanted = "table, view, external or cte",
        }),
    };

    Relation Incorporate(Arguments arguments)
    {
        var given = arguments.NamedAsDict();
        var moved = given["path"] is Dict path ? Replace(path) : this;
        return new Relation(moved.Database, moved.Schema, moved.Identifier, KindGiven(given) ?? moved.Kind)
        {
            Location = moved.Location,
            Quoted = Policy(given["quote_policy"], moved.Quoted),
            Included = Policy(given["include_policy"], moved.Included),
        };
    }

    static RelationKind? KindGiven(Dict given) => KindOf(given["type"]);

    Relation Replace(Dict path) => new(
        path.TryGetValue("database", out var database) ? TextOf(database) : Database,
        path.TryGetValue("schema", out var schema) ? TextOf(schema) : Schema,
        path.TryGetValue("identifier", out var identifier) ? TextOf(identifier) : Identifier,
        Kind)
    { Location = Location, Quoted = Quoted, Included = Included };

    Relation InformationSchema(Arguments? arguments)
    {
        var view = arguments is null ? null : TextOf(arguments.Bind("information_schema", 0, "view_name")[0]);
        return new Relation(Database, "information_schema", view) { Quoted = Quoted.With(null, false, false), Included = Included };
    }

    object Matches(Arguments arguments)
    {
        var bound = arguments.Bind("matches", 0, "database", "schema", "identifier");
        return Value.Box(Fits(bound[0], Database) && Fits(bound[1], Schema) && Fits(bound[2], Identifier));

        static bool Fits(object? wanted, string? part) => wanted is null || Same(wanted as string, part);
    }

    static Dict PartsDict(object? database, object? schema, object? identifier) =>
        new() { ["database"] = database, ["schema"] = schema, ["identifier"] = identifier };

    static NameParts Parts(Arguments arguments, string callee, NameParts now)
    {
        var bound = arguments.Bind(callee, 0, "database", "schema", "identifier");
        return now.With(FlagAt(0), FlagAt(1), FlagAt(2));

        bool? FlagAt(int index) => bound.Has(index) && bound[index] is not null ? bound.Flag(index) : null;
    }

    static NameParts Policy(object? policy, NameParts now) =>
        policy is Dict flags ? now.With(Flag(flags, "database"), Flag(flags, "schema"), Flag(flags, "identifier")) : now;

    static string? TextOf(object? value) => value is null or Undefined ? null : PythonText.Of(value);
}
