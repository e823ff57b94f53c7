using Quern.Duck;

namespace Quern.Cli.Tests.OpenShift;

/// <summary>The engine, to make inputs and to look into outputs.</summary>
sealed class Duck : IDisposable
{
    readonly DuckDatabase _database;
    readonly DuckSession _session;

    /// <summary>Opens a file to read from, or a database in memory.</summary>
    public Duck(string? path = null)
    {
        _database = DuckDatabase.Open(new DuckOptions
        {
            Path = path,
            ReadOnly = path is not null,
            MemoryLimitBytes = 200_000_000,
            Threads = 1,
            TempDirectory = "",
        });
        _session = _database.Connect();
    }

    /// <summary>Runs statements.</summary>
    public void Run(string sql) => _session.Execute(sql);

    /// <summary>The rows of a query, their values as text with bars between.</summary>
    public IReadOnlyList<string> Rows(string sql)
    {
        var rows = new List<string>();
        using var result = _session.Query(sql);
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                var cells = Enumerable.Range(0, result.Schema.Columns.Count)
                    .Select(c => FormattableString.Invariant($"{chunk[c].GetValue(row)}"));
                rows.Add(string.Join('|', cells));
            }
        }
        return rows;
    }

    public void Dispose()
    {
        _session.Dispose();
        _database.Dispose();
    }
}
