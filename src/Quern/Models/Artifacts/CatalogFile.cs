using System.Text.Json;
using Quern.Projects;
using Quern.Projects.Artifacts;
using Quern.Projects.Warehouses;

namespace Quern.Models.Artifacts;

/// <summary>The file <c>target/catalog.json</c>: the relations of a project as they are in the database, as other tools read it: the public
/// schema of catalogs, version 1.</summary>
public static class CatalogFile
{
    const string Schema = "https://schemas.getdbt.com/dbt/catalog/v1.json";

    const string Query =
        """
        with relations as (
          select database_name d, schema_name s, table_name t, 'BASE TABLE' as kind, comment from duckdb_tables() where not internal and not temporary
          union all
          select database_name, schema_name, view_name, 'VIEW', comment from duckdb_views() where not internal and not temporary
        )
        select r.d, r.s, r.t, r.kind, r.comment, c.column_name, c.column_index, c.data_type, c.comment
        from relations r join duckdb_columns() c on (c.database_name, c.schema_name, c.table_name) = (r.d, r.s, r.t)
        order by r.d, r.s, r.t, c.column_index
        """;

    /// <summary>Replaces it.</summary>
    /// <param name="project">The project.</param>
    /// <param name="session">The connection that is asked; null for a catalog with nothing in it.</param>
    /// <param name="selected">Ids of what is described; null for all.</param>
    /// <returns>Its absolute path.</returns>
    /// <exception cref="QuernException">QN7316 its folder cannot be made; QN80xx it cannot be written.</exception>
    public static string Write(LoadedProject project, WarehouseSession? session, IReadOnlySet<string>? selected = null)
    {
        ArgumentNullException.ThrowIfNull(project);
        var tables = session is null ? [] : session.Query(Query).Rows.GroupBy(r => Key(r[0], r[1], r[2])).ToDictionary(g => g.Key, g => g.ToList());
        var path = Path.Combine(project.TargetFolder, "catalog.json");
        var ids = project.Manifest.Nodes.Keys.Concat(project.Manifest.Sources.Keys).ToHashSet(StringComparer.Ordinal);
        ArtifactFile.Write(path, Write, project.Invocation.Secrets, ids.Contains);
        return path;

        void Write(Stream stream)
        {
            using var json = new Utf8JsonWriter(stream, JsonValues.Options);
            json.WriteStartObject();
            ManifestWriter.WriteRunMetadata(json, Schema, project.Invocation);
            WriteAll(json, "nodes", project.Manifest.Nodes.Values.Where(n => !n.IsEphemeral).Select(n => (n.Id, Key(n.Database, n.Schema, n.Alias))));
            WriteAll(json, "sources", project.Manifest.Sources.Values.Select(s => (s.Id, Key(s.Database, s.Schema, s.Identifier))));
            json.WriteNull("errors");
            json.WriteEndObject();
            json.Flush();
        }

        void WriteAll(Utf8JsonWriter json, string name, IEnumerable<(string Id, string Key)> all)
        {
            json.WriteStartObject(name);
            foreach (var (id, key) in all)
                if (selected?.Contains(id) != false && tables.TryGetValue(key, out var columns)) WriteTable(json, id, columns);
            json.WriteEndObject();
        }
    }

    static string Key(object? database, object? schema, object? name) => $"{database}\0{schema}\0{name}".ToLowerInvariant();

    static void WriteTable(Utf8JsonWriter json, string id, List<object?[]> columns)
    {
        var first = columns[0];
        json.WriteStartObject(id);
        json.WriteStartObject("metadata");
        json.WriteString("type", (string)first[3]!);
        json.WriteString("schema", (string)first[1]!);
        json.WriteString("name", (string)first[2]!);
        json.WriteString("database", (string)first[0]!);
        json.WriteString("comment", first[4] as string);
        json.WriteNull("owner");
        json.WriteEndObject();
        json.WriteStartObject("columns");
        foreach (var column in columns)
        {
            json.WriteStartObject((string)column[5]!);
            json.WriteString("type", (string)column[7]!);
            JsonValues.Write(json, "index", Convert.ToInt64(column[6], System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("name", (string)column[5]!);
            json.WriteString("comment", column[8] as string);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartObject("stats");
        json.WriteStartObject("has_stats");
        json.WriteString("id", "has_stats");
        json.WriteString("label", "Has Stats?");
        json.WriteBoolean("value", false);
        json.WriteBoolean("include", false);
        json.WriteString("description", "Indicates whether there are statistics for this table");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("unique_id", id);
        json.WriteEndObject();
    }
}
