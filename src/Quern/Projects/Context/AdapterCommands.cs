using Quern.Duck;
using Quern.Jinja;
using Quern.Jinja.Values;
using Quern.Projects.Warehouses;

namespace Quern.Projects.Context;

/// <summary>The methods of <c>adapter</c> that change the database, or what is known of it.</summary>
static class AdapterCommands
{
    public static Function[] All { get; } =
    [
        Doing("drop_relation", (s, a) => s.Session.Drop(RelationOf(a, "drop_relation"))),
        Doing("rename_relation", (s, a) =>
        {
            var bound = a.Bind("rename_relation", 2, "from_relation", "to_relation");
            s.Session.Rename(
                AdapterFunctions.RelationAt(bound, 0, "rename_relation"), AdapterFunctions.RelationAt(bound, 1, "rename_relation"));
        }),
        Doing("truncate_relation", (s, a) => s.Session.Execute($"truncate {RelationOf(a, "truncate_relation").Render()}")),
        Doing("create_schema", (s, a) =>
        {
            var (database, schema, _) = AdapterFunctions.PartsOf(s, RelationOf(a, "create_schema"));
            s.Session.CreateSchema(database, schema);
        }),
        Doing("drop_schema", DropSchema),
        Doing("expand_target_column_types", (_, a) => a.Bind("expand_target_column_types", 2, "from_relation", "to_relation")),
        Doing("commit", (s, _) => s.Session.Commit()),
        Doing("add_begin_query", (s, _) => s.Session.Begin()),
        Doing("add_commit_query", (s, _) => s.Session.Commit()),
        Doing("cache_added", (s, a) => Cache(s, RelationOf(a, "cache_added"))),
        Doing("cache_dropped", (s, a) => s.Session.Warehouse.Forget(RelationOf(a, "cache_dropped"))),
        Doing("cache_renamed", (_, _) => { }),
        AdapterFunctions.Asking("execute", () => new TupleValue(null, null), Execute),
        AdapterFunctions.Asking("add_query", () => null, Execute),
    ];

    static Function Doing(string name, Action<NodeScope, Arguments> body) => AdapterFunctions.Asking(name, () => "", (scope, arguments) =>
    {
        body(scope, arguments);
        return "";
    });

    static Relation RelationOf(Arguments arguments, string callee) =>
        AdapterFunctions.RelationAt(arguments.Bind(callee, 1, "relation"), 0, callee);

    static void DropSchema(NodeScope scope, Arguments arguments)
    {
        var (database, schema, _) = AdapterFunctions.PartsOf(scope, RelationOf(arguments, "drop_schema"));
        scope.Session.Execute($"drop schema if exists {Sql.Name(database)}.{Sql.Name(schema)} cascade");
        scope.Session.Warehouse.ForgetSchema(database, schema);
    }

    static void Cache(NodeScope scope, Relation relation) => scope.Session.Created(relation, relation.Kind ?? RelationKind.Table);

    static object? Execute(NodeScope scope, Arguments arguments)
    {
        var bound = arguments.Bind("execute", 1, "sql", "auto_begin", "fetch", "limit");
        if (bound.Flag(1)) scope.Session.Begin();
        var result = Statements.Execute(scope, bound.Text(0), bound.Flag(2));
        return new TupleValue(result["response"], result["table"]);
    }
}
