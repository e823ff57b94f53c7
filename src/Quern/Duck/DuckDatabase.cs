using System.Globalization;
using Quern.Duck.Native;

namespace Quern.Duck;

/// <summary>An open database; work is done in the sessions it hands out.</summary>
/// <remarks>Thread-safe. Sessions keep working after it is disposed, the database closes with the last of
/// them.</remarks>
public sealed unsafe class DuckDatabase : IDisposable
{
    // Offline by nature: nothing is downloaded. Errors with their place in the text, see DuckError. (The progress bar
    // is off unless
    // a shell turns it on.)
    static readonly (string Name, string Value)[] HouseSettings =
    [
        ("autoinstall_known_extensions", "false"),
        ("autoload_known_extensions", "false"),
        ("errors_as_json", "true"),
    ];

    readonly DatabaseHandle _handle;

    DuckDatabase(DatabaseHandle handle, DuckOptions options)
    {
        _handle = handle;
        Options = options;
    }

    /// <summary>What it was opened with.</summary>
    public DuckOptions Options { get; }

    /// <summary>Opens or creates a database.</summary>
    /// <exception cref="QuernException">The file cannot be opened or is in use (QN9014), or a setting is not known or
    /// not accepted (QN9022).</exception>
    public static DuckDatabase Open(DuckOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MemoryLimitBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        DuckLibrary.Load();
        nint config;
        Capi.duckdb_create_config(&config);
        try
        {
            foreach (var (name, value) in HouseSettings) Set(config, name, value);
            Set(config, "memory_limit", string.Create(CultureInfo.InvariantCulture, $"{options.MemoryLimitBytes}B"));
            Set(config, "threads", options.Threads.ToString(CultureInfo.InvariantCulture));
            Set(config, "temp_directory", options.TempDirectory);
            if (options.ReadOnly) Set(config, "access_mode", "READ_ONLY");
            foreach (var (name, value) in options.Settings) Set(config, name, value);
            nint database;
            byte* error;
            if (Capi.duckdb_open_ext(options.Path, &database, config, &error) == NativeState.Error)
                throw DuckError.From(NativeText.Take(error) ?? "the database does not open");
            var opened = new DuckDatabase(new DatabaseHandle(database), options);
            using var session = opened.Connect();
            // The time zone belongs to an extension and cannot be set earlier.
            session.Execute("set global timezone = 'UTC'");
            return opened;
        }
        finally
        {
            Capi.duckdb_destroy_config(&config);
        }
    }

    /// <summary>Connects: a session of its own, for one thread at a time, with the time zone UTC.</summary>
    /// <exception cref="ObjectDisposedException">The database is disposed.</exception>
    public DuckSession Connect()
    {
        nint connection;
        if (Capi.duckdb_connect(_handle, &connection) == NativeState.Error)
            throw DuckError.From(DuckErrorKind.Connection, "Connection Error: the database accepts no connection");
        var session = new DuckSession(new ConnectionHandle(connection));
        try
        {
            Prepare?.Invoke(session);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Settings that each new session gets. Default: null, none.</summary>
    internal Action<DuckSession>? Prepare { get; set; }

    /// <summary>Closes it once its sessions are closed.</summary>
    public void Dispose() => _handle.Dispose();

    static void Set(nint config, string name, string value)
    {
        if (Capi.duckdb_set_config(config, name, value) == NativeState.Error)
        {
            throw new QuernException(new DuckFault(
                DuckErrorTable.CodeOf(DuckErrorKind.Settings),
                $"DuckDB does not accept the setting {name}",
                DuckErrorKind.Settings)
            {
                Value = value,
            });
        }
    }
}
