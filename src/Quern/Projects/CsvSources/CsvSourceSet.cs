using Quern.Csv;
using Quern.Duck;
using Quern.Projects.Nodes;

namespace Quern.Projects.CsvSources;

/// <summary>The CSV sources of a project, as its database sees them: in each session a temporary view that is called like the file, so
/// that <c>from 'data/x.csv'</c> gives the rows of our reader. Views that a project leaves in its database name the file alone, and can be
/// read without us.</summary>
/// <remarks>A view is made without a look at its file, which need not be there yet; each statement that reads it looks.</remarks>
public sealed class CsvSourceSet
{
    const long MostOrderBytes = 16 << 20;

    /// <summary>Sources that are read at a time, as far as memory is set aside for them.</summary>
    const int MostReadings = 4;

    /// <summary>Endings of what the engine, too, takes for CSV.</summary>
    static readonly string[] Endings = [".csv", ".tsv"];
    static readonly string[] Codecs = [".gz", ".zst"];

    [ThreadStatic]
    static bool _defines;

    readonly Dictionary<string, CsvSource> _sources = new(StringComparer.Ordinal);
    string[] _paths = [];
    Manifest? _manifest;

    internal CsvSourceSet()
    {
    }

    /// <summary>Whether views are being made on this thread: then nothing is looked at.</summary>
    internal static bool Defines => _defines;

    /// <summary>Whether rows come in the order of the files.</summary>
    internal bool InOrder { get; private set; } = true;

    /// <summary>The path of the CSV files that a table of a source lies in; null when it lies elsewhere, in files of another kind, on a
    /// server, or where SQL says more than a path.</summary>
    internal static string? PathOf(SourceTable table)
    {
        if (table.ExternalLocation is not [('\'' or '"') and var quote, _, .., var last] location || last != quote) return null;
        var path = location[1..^1].Replace(new string(quote, 2), quote.ToString(), StringComparison.Ordinal);
        return IsPath(path) ? path : null;
    }

    /// <summary>Whether a path is one of CSV files of this machine.</summary>
    internal static bool IsPath(string path)
    {
        if (path.Contains("://", StringComparison.Ordinal) || path.StartsWith('~')) return false;
        var codec = Codecs.FirstOrDefault(ending => path.EndsWith(ending, StringComparison.Ordinal)) ?? "";
        var plain = path[..^codec.Length];
        return Endings.Any(ending => plain.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The CSV sources of a project; of two whose paths differ in nothing but case none, as SQL could not tell them apart.</summary>
    public static IReadOnlyList<(string Path, SourceTable Table)> Of(Manifest manifest) =>
    [
        .. manifest.Sources.Values.Select(table => (Path: PathOf(table), Table: table)).Where(source => source.Path is not null)
            .GroupBy(source => source.Path!, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.All(source => source.Path == group.Key))
            .Select(group => (group.Key, group.MaxBy(source => source.Table.Columns.Values.Count(c => c.DataType is not null)).Table)),
    ];

    /// <summary>About what chunks may take that wait for those in front of them.</summary>
    /// <param name="limitBytes">The memory limit.</param>
    internal static long OrderBytes(long limitBytes) => CsvOrdered.BytesOf(limitBytes, MostOrderBytes);

    /// <summary>Memory that reading takes beside the engine.</summary>
    /// <param name="sources">How many there are.</param>
    /// <param name="nodes">Nodes that run at a time.</param>
    /// <param name="threads">Threads of the engine.</param>
    /// <param name="limitBytes">The memory limit.</param>
    public static long MemoryBytes(int sources, int nodes, int threads, long limitBytes) =>
        Math.Min(Math.Min(sources, nodes), MostReadings) * CsvOrdered.MemoryBytes(threads, OrderBytes(limitBytes));

    /// <summary>Takes the sources of a project, once.</summary>
    internal void Take(Manifest manifest)
    {
        lock (_sources)
        {
            if (_manifest == manifest) return;
            _manifest = manifest;
            _sources.Clear();
            foreach (var (path, table) in Of(manifest)) _sources[path] = new CsvSource(path, table);
            _paths = [.. _sources.Keys];
        }
    }

    /// <summary>Makes the views in a session.</summary>
    internal void Define(DuckSession session)
    {
        var paths = _paths;
        if (paths.Length == 0) return;
        // The engine's reader keeps the order by the same setting.
        InOrder = session.Setting("preserve_insertion_order") != "false";
        _defines = true;
        try
        {
            foreach (var path in paths)
            {
                session.Execute(
                    $"create or replace temporary view {Sql.Name(path)} as select * from {CsvSourceFunction.FunctionName}({Sql.Text(path)})");
            }
        }
        finally
        {
            _defines = false;
        }
    }

    /// <summary>A statement with the names that the engine would give our files.</summary>
    internal string Name(string sql)
    {
        foreach (var path in _paths) sql = EngineAlias.Add(sql, path);
        return sql;
    }

    /// <summary>The source of a path.</summary>
    /// <exception cref="QuernException">QN3003: there is none.</exception>
    internal CsvSource Find(string? path)
    {
        lock (_sources)
        {
            if (path is not null && _sources.TryGetValue(path, out var source)) return source;
        }
        throw new QuernException(new Fault("QN3003", $"{CsvSourceFunction.FunctionName} does not take this value of an argument")
        {
            Where = "path",
            Value = path,
            Wanted = "the path of a CSV source of the project",
            Try = ["quern_csv('FILE')     reads any CSV file"],
            ExitCode = ExitCode.Usage,
        });
    }
}
