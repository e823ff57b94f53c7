using System.Globalization;
using Npgsql;
using Quern.Budget;
using Quern.Delivery;
using Quern.Delivery.Postgres.Address;
using Quern.Loading;
using Quern.Running;

namespace Quern.Live.Tests.Postgres;

/// <summary>A schema of its own for a test, a folder beside it, and a connection to look with.</summary>
public sealed class Schema : IDisposable
{
    static int _last;

    readonly PostgresServer _server;
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quern live ");

    /// <summary>Makes it.</summary>
    public Schema(PostgresServer server)
    {
        _server = server;
        Connection = server.Open();
        Name = string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref _last)}");
        Execute($"create schema {Name}; set search_path = {Name}, public");
    }

    /// <summary>Its name, which needs no quotes.</summary>
    public string Name { get; }

    /// <summary>A connection whose search path begins with it.</summary>
    public NpgsqlConnection Connection { get; private set; }

    /// <summary>Absolute path of the folder; it has a blank in it.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Writes a file into the folder.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs statements.</summary>
    public int Execute(string sql) => PostgresServer.Execute(Connection, sql);

    /// <summary>Connects again, after the server was gone.</summary>
    public void Reconnect()
    {
        Connection.Dispose();
        Connection = _server.Open();
        Execute($"set search_path = {Name}, public");
    }

    /// <summary>Rows of a query, values as the server's texts with blanks between, NULL as a dash.</summary>
    public string[] Rows(string sql)
    {
        using var command = new NpgsqlCommand(sql, Connection) { AllResultTypesAreUnknown = true };
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "-" : reader.GetString(i))));
        return [.. rows];
    }

    /// <summary>The only value of a query.</summary>
    public string One(string sql) => Assert.Single(Rows(sql));

    /// <summary>A load into a table of the schema.</summary>
    public LoadRequest Request(string source, string table, LoadMode mode = LoadMode.Append) => new()
    {
        BaseDirectory = Folder,
        Inputs = [source],
        To = _server.Url,
        Table = $"{Name}.{table}",
        Mode = mode,
        Threads = 2,
        Connection = ConnectionDefaults.None,
    };

    /// <summary>Runs a load.</summary>
    public static RunReport Run(LoadRequest request, CancellationToken cancel = default)
    {
        var run = new Run("load", new MemoryLedger(new MemorySize(800_000_000)), TimeProvider.System, cancel);
        return run.Execute(() => new Load(run, request).Make());
    }

    /// <summary>Runs a load that must succeed.</summary>
    public static RunReport Done(LoadRequest request)
    {
        var report = Run(request);
        Assert.True(report.Error is null, $"{report.Error}\n{report.Cause}");
        return report;
    }

    /// <summary>Runs a load that must fail.</summary>
    public static Fault Fails(LoadRequest request)
    {
        var report = Run(request);
        Assert.NotNull(report.Error);
        return report.Error;
    }

    /// <summary>Staging tables that are there.</summary>
    public string[] Leftovers() => Rows($"select relname from pg_class where relnamespace = '{Name}'::regnamespace and relname like 'quern\\_load\\_%'");

    /// <inheritdoc/>
    public void Dispose()
    {
        Connection.Dispose();
        _folder.Delete(recursive: true);
    }
}
