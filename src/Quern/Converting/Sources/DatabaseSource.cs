using Quern.Chunks;
using Quern.Duck;
using Quern.Files;

namespace Quern.Converting.Sources;

/// <summary>A table or view of a DuckDB database.</summary>
/// <param name="file">The database.</param>
/// <param name="table">Its name, with its schema where it is not in main; null for the only one.</param>
sealed class DatabaseSource(InputFile file, string? table) : Source
{
    const string Catalog = "quern_source";

    Schema? _schema;
    bool _isTable;

    /// <inheritdoc/>
    public override string Kind => "DuckDB";

    /// <inheritdoc/>
    public override IReadOnlyList<InputFile> Files => [file];

    /// <inheritdoc/>
    public override Schema Schema => _schema ?? throw new InvalidOperationException("the source is not open");

    /// <inheritdoc/>
    public override string Open(DuckSession session, Reading reading)
    {
        session.Execute($"attach {Sql.Text(file.RealPath)} as {Catalog} (read_only)");
        var tables = Tables(session);
        var wanted = TableChoice.Of(file, tables, table);
        var (schema, name) = wanted.Split('.', 2) is [var first, var second] ? (first, second) : ("main", wanted);
        Relation = $"{Catalog}.{Sql.Name(schema)}.{Sql.Name(name)}";
        _isTable = session.Scalar<bool>(
            $"""
            select count(*) > 0 from duckdb_tables()
            where database_name = '{Catalog}' and schema_name = {Sql.Text(schema)} and table_name = {Sql.Text(name)}
            """);
        using var rows = session.Query($"from {Relation} limit 0");
        _schema = rows.Schema;
        return Relation;
    }

    /// <summary>A view is a query.</summary>
    public override bool ComesInOrder => _isTable;

    /// <inheritdoc/>
    public override long CountRows(DuckSession session, CancellationToken cancel) =>
        session.Scalar<long>($"select count(*) from {Relation}", cancel);

    /// <inheritdoc/>
    public override IEnumerable<string> Lines()
    {
        yield return $"{Relation}, {Schema.Count} columns";
    }

    static List<string> Tables(DuckSession session)
    {
        const string sql =
            $"""
            select case when schema_name = 'main' then '' else schema_name || '.' end || name
            from (select schema_name, table_name as name from duckdb_tables() where database_name = '{Catalog}' and not internal
                  union all
                  select schema_name, view_name from duckdb_views() where database_name = '{Catalog}' and not internal)
            order by all
            """;
        var names = new List<string>();
        using var rows = session.Query(sql);
        while (rows.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++) names.Add(ValueText.Read(chunk[0], row)!);
        }
        return names;
    }
}
