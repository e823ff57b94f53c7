using System.Text.Json;
using Quern.Duck;

namespace Quern.Cli.Tests.Shop;

/// <summary>A database that a project was run on, opened for reading.</summary>
sealed class ProjectDatabase : IDisposable
{
    /// <summary>Columns of a snapshot that differ from run to run, and the one of which only is told whether it is set.</summary>
    const string Fleeting = "dbt_scd_id, dbt_updated_at, dbt_valid_from", End = "dbt_valid_to";

    readonly DuckDatabase _database;
    readonly DuckSession _session;

    /// <summary>Opens the database.</summary>
    /// <param name="path">The file.</param>
    /// <param name="folder">The folder that relative paths in views mean.</param>
    public ProjectDatabase(string path, string folder)
    {
        _database = DuckDatabase.Open(new DuckOptions
        {
            Path = path,
            ReadOnly = true,
            MemoryLimitBytes = 200_000_000,
            Threads = 1,
            TempDirectory = "",
        });
        _session = _database.Connect();
        _session.Set("file_search_path", folder);
    }

    /// <summary>Every table and view: type, columns with types in order, rows as text, sorted.</summary>
    public IReadOnlyDictionary<string, StoredRelation> Relations()
    {
        const string All =
            """
            select schema_name, table_name, 'table' from duckdb_tables() where not internal and not temporary
            union all
            select schema_name, view_name, 'view' from duckdb_views() where not internal and not temporary
            """;
        return Rows(All).ToDictionary(
            r => $"{r[0]}.{r[1]}",
            r => Relation($"{Sql.Name(r[0]!)}.{Sql.Name(r[1]!)}", r[2]!),
            StringComparer.Ordinal);
    }

    /// <summary>The rows of a query, each value as DuckDB prints it; NULL is null.</summary>
    public IReadOnlyList<string?[]> Rows(string query)
    {
        var rows = new List<string?[]>();
        using var result = _session.Query($"select columns(*)::varchar from ({query})");
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
                rows.Add([.. Enumerable.Range(0, result.Schema.Columns.Count).Select(c => (string?)chunk[c].GetValue(row))]);
        }
        return rows;
    }

    /// <summary>The rows of a query as a JSON list of objects, numbers as numbers.</summary>
    public JsonElement Objects(string query)
    {
        using var document = JsonDocument.Parse(Rows($"select to_json(list(q)) from ({query}) as q")[0][0]!);
        return document.RootElement.Clone();
    }

    public void Dispose()
    {
        _session.Dispose();
        _database.Dispose();
    }

    StoredRelation Relation(string name, string type)
    {
        var columns = Rows($"select column_name, column_type from (describe {name})").Select(c => $"{c[0]} {c[1]}").ToList();
        var isSnapshot = columns.Exists(c => c.StartsWith(End + " ", StringComparison.Ordinal));
        var query = isSnapshot ? $"select * exclude ({Fleeting}) replace ({End} is not null as {End}) from {name}" : $"from {name}";
        return new StoredRelation(type, columns, [.. Rows(query).Select(StoredRelation.Line).Order(StringComparer.Ordinal)]);
    }
}
