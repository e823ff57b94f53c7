using Quern.Duck;
using Quern.Jinja;
using Quern.Jinja.Values;
using Quern.Projects.Warehouses;

namespace Quern.Projects.Context;

/// <summary>The methods of <c>adapter</c> that ask the database.</summary>
static class AdapterQuestions
{
    public static Function[] All { get; } =
    [
        AdapterFunctions.Asking("get_relation", Nothing, GetRelation),
        AdapterFunctions.Asking("load_relation", Nothing, (s, a) =>
            Find(s, AdapterFunctions.RelationAt(a.Bind("load_relation", 1, "relation"), 0, "load_relation"))),
        AdapterFunctions.Asking("get_columns_in_relation", NoItems, (s, a) =>
            ColumnsOf(s, a.Bind("get_columns_in_relation", 1, "relation"), 0)),
        AdapterFunctions.Asking("get_missing_columns", NoItems, GetMissingColumns),
        AdapterFunctions.Asking("get_column_schema_from_query", NoItems, (s, a) => ColumnsOfQuery(s, a, "get_column_schema_from_query")),
        AdapterFunctions.Asking("get_columns_in_select_sql", NoItems, (s, a) => ColumnsOfQuery(s, a, "get_columns_in_select_sql")),
        AdapterFunctions.Asking("list_relations", NoItems, (s, a) =>
        {
            var bound = a.Bind("list_relations", 2, "database", "schema");
            return Listed(s, bound.Text(0, null), bound.Text(1));
        }),
        AdapterFunctions.Asking("list_relations_without_caching", NoItems, ListRelationsWithoutCaching),
        AdapterFunctions.Asking("check_schema_exists", () => false, (s, a) =>
        {
            var bound = a.Bind("check_schema_exists", 2, "database", "schema");
            return s.Session.Warehouse.HasSchema(bound.Text(0), bound.Text(1));
        }),
        AdapterFunctions.Asking("list_schemas", NoItems, (s, a) =>
            Schemas(s, a.Bind("list_schemas", 0, "database").Text(0, null))),
        AdapterFunctions.Asking("already_exists", () => false, (s, a) =>
        {
            var bound = a.Bind("already_exists", 2, "schema", "name");
            return s.Session.Warehouse.Find(s.Templates.Project.Target.Database, bound.Text(0), bound.Text(1)) is not null;
        }),
        AdapterFunctions.Asking("location_exists", () => false, (_, a) => File.Exists(a.Bind("location_exists", 1, "location").Text(0))),
        AdapterFunctions.Asking("verify_database", () => "", (_, _) => ""),
    ];

    /// <summary>The columns of a relation; none when it is not there.</summary>
    public static List<object?> ColumnsOf(NodeScope scope, Relation relation)
    {
        if (relation.Location is not null || relation.Kind == RelationKind.Cte)
            return [.. scope.Session.ColumnsOf($"select * from {relation.Render()}").Select(c => new Column(c.Name, c.Type))];
        var where = $"lower(table_name) = lower({Sql.Text(relation.Identifier)})";
        if (relation.Schema is { } schema) where += $" and lower(schema_name) = lower({Sql.Text(schema)})";
        if (relation.Database is { } database) where += $" and lower(database_name) = lower({Sql.Text(database)})";
        var rows = scope.Session.Query(
            "select column_name, data_type, character_maximum_length, numeric_precision, numeric_scale "
            + $"from duckdb_columns() where {where} order by column_index").Rows;
        return [.. rows.Select(r => new Column((string)r[0]!, (string)r[1]!, r[2] as long?, r[3], r[4]))];
    }

    static object? Nothing() => null;

    static List<object?> NoItems() => [];

    static List<object?> Schemas(NodeScope scope, string? database) =>
        [.. scope.Session.Warehouse.Schemas(database ?? scope.Templates.Project.Target.Database)];

    static Relation? GetRelation(NodeScope scope, Arguments arguments)
    {
        var bound = arguments.Bind("get_relation", 3, "database", "schema", "identifier");
        return Find(scope, new Relation(bound.Text(0, null), bound.Text(1, null), bound.Text(2)));
    }

    static Relation? Find(NodeScope scope, Relation relation)
    {
        var (database, schema, name) = AdapterFunctions.PartsOf(scope, relation);
        return scope.Session.Warehouse.Find(database, schema, name);
    }

    static List<object?> ColumnsOf(NodeScope scope, BoundArguments bound, int index) =>
        ColumnsOf(scope, AdapterFunctions.RelationAt(bound, index, "get_columns_in_relation"));

    static List<object?> GetMissingColumns(NodeScope scope, Arguments arguments)
    {
        var bound = arguments.Bind("get_missing_columns", 2, "from_relation", "to_relation");
        var there = ColumnsOf(scope, bound, 1).Cast<Column>().Select(c => c.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. ColumnsOf(scope, bound, 0).Cast<Column>().Where(c => !there.Contains(c.Name))];
    }

    static List<object?> ColumnsOfQuery(NodeScope scope, Arguments arguments, string callee) =>
        [.. scope.Session.ColumnsOf(arguments.Bind(callee, 1, "sql").Text(0)).Select(c => new Column(c.Name, c.Type))];

    static List<object?> Listed(NodeScope scope, string? database, string schema) =>
        [.. scope.Session.Warehouse.List(database ?? scope.Templates.Project.Target.Database, schema)];

    static List<object?> ListRelationsWithoutCaching(NodeScope scope, Arguments arguments)
    {
        var bound = arguments.Bind("list_relations_without_caching", 1, "schema_relation");
        var relation = AdapterFunctions.RelationAt(bound, 0, "list_relations_without_caching");
        var database = relation.Database ?? scope.Templates.Project.Target.Database;
        var where = $"lower(schema_name) = lower({Sql.Text(relation.Schema)}) and lower(database_name) = lower({Sql.Text(database)})";
        var rows = scope.Session.Query(
            $"""
            select database_name, schema_name, table_name, 'table' from duckdb_tables() where {where}
            union all
            select database_name, schema_name, view_name, 'view' from duckdb_views() where {where}
            order by 3
            """).Rows;
        return [.. rows.Select(r => new Relation((string)r[0]!, (string)r[1]!, (string)r[2]!, Relation.KindOf(r[3])))];
    }
}
