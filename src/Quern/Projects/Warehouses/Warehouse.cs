using System.Collections.Concurrent;
using Quern.Csv;
using Quern.Delivery.Sqlite.Reading;
using Quern.Duck;
using Quern.Projects.Context;
using Quern.Projects.CsvSources;

namespace Quern.Projects.Warehouses;

/// <summary>The database of a run: opened as the target says, shared by all its threads, and what relations there are.</summary>
/// <remarks>Relations are looked up once and then kept up by those who make, drop and rename them, so that a run asks the catalog once,
/// not once a node (the tool that this stands in for does the same).</remarks>
public sealed class Warehouse : IDisposable
{
    readonly DuckDatabase _database;
    readonly IReadOnlyList<string> _atConnect;
    readonly CsvSourceSet _csv = new();
    readonly ConcurrentDictionary<(string Database, string Schema, string Name), RelationKind> _relations = new(NameComparer.Instance);
    readonly ConcurrentDictionary<(string Database, string Schema, string Name), bool> _schemas = new(NameComparer.Instance);

    long _spilled;

    /// <summary>Wraps an open database, whose SQL knows <c>quern_csv</c> from then on; relative paths mean for it what they mean for
    /// <c>read_csv</c>.</summary>
    /// <param name="database">The database; disposed with this.</param>
    /// <param name="atConnect">Statements for each new connection: settings of the profile.</param>
    /// <param name="cancel">Ends looks at the files of CSV sources.</param>
    public Warehouse(DuckDatabase database, IReadOnlyList<string> atConnect, CancellationToken cancel = default)
    {
        _database = database;
        _atConnect = atConnect;
        using var session = database.Connect();
        session.Register(new CsvFunction(database.Options.Threads));
        session.Register(new SqliteFunction());
        var orderBytes = CsvSourceSet.OrderBytes(database.Options.MemoryLimitBytes);
        session.Register(new CsvSourceFunction(_csv, database.Options.Threads, orderBytes, cancel));
        database.Prepare = Prepare;
    }

    /// <summary>The database underneath.</summary>
    public DuckDatabase Database => _database;

    /// <summary>Takes warnings about statements: code and sentence; the same one comes once. Default: nobody listens.</summary>
    public Action<string, string>? Warn { get; set; }

    /// <summary>The CSV sources of the project.</summary>
    internal CsvSourceSet CsvSources => _csv;

    /// <summary>What old statements are turned into, shared by all sessions.</summary>
    internal OldSettings OldSettings { get; } = new();

    /// <summary>Reads which schemas and relations exist. Call once, before nodes run, or again after statements made some behind its
    /// back.</summary>
    public void ReadCatalog(WarehouseSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        _relations.Clear();
        _schemas.Clear();
        foreach (var row in session.Query("select database_name, schema_name from duckdb_schemas() where not internal or schema_name = 'main'").Rows)
            _schemas[((string)row[0]!, (string)row[1]!, "")] = true;
        const string relations =
            """
            select database_name, schema_name, table_name, 'table' from duckdb_tables() where not internal and not temporary
            union all
            select database_name, schema_name, view_name, 'view' from duckdb_views() where not internal and not temporary
            """;
        foreach (var row in session.Query(relations).Rows)
            _relations[((string)row[0]!, (string)row[1]!, (string)row[2]!)] = row[3] is "table" ? RelationKind.Table : RelationKind.View;
    }

    /// <summary>A connection for one thread.</summary>
    public WarehouseSession Connect() => new(this, _database.Connect());

    /// <summary>A connection for one thread that reads the CSV sources of a project through our reader.</summary>
    /// <param name="project">The project; each call names the same one.</param>
    public WarehouseSession Connect(LoadedProject project)
    {
        ArgumentNullException.ThrowIfNull(project);
        _csv.Take(project.Manifest);
        var session = Connect();
        _csv.Define(session.Session);
        return session;
    }

    /// <summary>The relation of a name, as it is in the database; null when there is none.</summary>
    public Relation? Find(string database, string schema, string name) =>
        _relations.TryGetValue((database, schema, name), out var kind) ? new Relation(database, schema, name, kind) : null;

    /// <summary>The relations of a schema.</summary>
    public IReadOnlyList<Relation> List(string database, string schema) =>
    [
        .. _relations
            .Where(r => NameComparer.Same(r.Key.Database, database) && NameComparer.Same(r.Key.Schema, schema))
            .OrderBy(r => r.Key.Name, StringComparer.Ordinal)
            .Select(r => new Relation(r.Key.Database, r.Key.Schema, r.Key.Name, r.Value)),
    ];

    /// <summary>Whether a schema is known to exist.</summary>
    public bool HasSchema(string database, string schema) => _schemas.ContainsKey((database, schema, ""));

    /// <summary>The schemas of a catalog.</summary>
    public IReadOnlyList<string> Schemas(string database) =>
        [.. _schemas.Keys.Where(s => NameComparer.Same(s.Database, database)).Select(s => s.Schema).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    /// <summary>Notes DuckDB's figure of temporary files, which is the most since the database was opened.</summary>
    /// <returns>Bytes by which it grew; 0 while there were none at all; null when it did not grow.</returns>
    internal long? Spill(long peakBytes)
    {
        var before = Interlocked.Read(ref _spilled);
        while (peakBytes > before)
        {
            var seen = Interlocked.CompareExchange(ref _spilled, peakBytes, before);
            if (seen == before) return peakBytes - before;
            before = seen;
        }
        return before == 0 ? 0 : null;
    }

    // Also the sessions of who reads the database without this, such as a delivery.
    void Prepare(DuckSession session)
    {
        foreach (var statement in _atConnect) session.Execute(OldSettings.Translate(statement, Warn));
    }

    internal void Add(Relation relation, RelationKind kind) =>
        _relations[(relation.Database ?? "", relation.Schema ?? "", relation.Identifier ?? "")] = kind;

    internal void Forget(Relation relation) =>
        _relations.TryRemove((relation.Database ?? "", relation.Schema ?? "", relation.Identifier ?? ""), out _);

    internal void AddSchema(string database, string schema) => _schemas[(database, schema, "")] = true;

    internal void ForgetSchema(string database, string schema)
    {
        _schemas.TryRemove((database, schema, ""), out _);
        foreach (var relation in List(database, schema)) Forget(relation);
    }

    /// <summary>Names are equal in any case, as DuckDB compares identifiers.</summary>
    sealed class NameComparer : IEqualityComparer<(string, string, string)>
    {
        public static readonly NameComparer Instance = new();

        public static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

        public bool Equals((string, string, string) x, (string, string, string) y) =>
            Same(x.Item1, y.Item1) && Same(x.Item2, y.Item2) && Same(x.Item3, y.Item3);

        public int GetHashCode((string, string, string) key) => HashCode.Combine(
            StringComparer.OrdinalIgnoreCase.GetHashCode(key.Item1),
            StringComparer.OrdinalIgnoreCase.GetHashCode(key.Item2),
            StringComparer.OrdinalIgnoreCase.GetHashCode(key.Item3));
    }
}
