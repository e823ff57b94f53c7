using System.Globalization;
using System.Runtime.InteropServices;

namespace Quern.Delivery.Sqlite.Native;

/// <summary>The system's SQLite library, found by its name on first use.</summary>
static unsafe class SqliteLibrary
{
    /// <summary>The first with STRICT tables and 64-bit counts of changes (3.37.0, 2021-11-27).</summary>
    const int Least = 3_037_000;

    static volatile bool _isLoaded;

    /// <summary>Version of the library, such as <c>3.40.1</c>.</summary>
    /// <exception cref="QuernException">As <see cref="Load()"/>.</exception>
    public static string Version
    {
        get
        {
            Load();
            return Marshal.PtrToStringUTF8((nint)SqliteApi.sqlite3_libversion())!;
        }
    }

    /// <summary>Finds the library; every connection calls it, later calls cost one read.</summary>
    /// <exception cref="QuernException">QN9051: there is none. QN9052: it is too old.</exception>
    public static void Load()
    {
        if (_isLoaded) return;
        Find(SqliteApi.Library);
        CheckVersion(SqliteApi.sqlite3_libversion_number());
        // Without counts of its memory there is no lock that all connections take for each allocation. Where others of the process
        // have begun to use the library before, it stays as they have it.
        _ = SqliteApi.sqlite3_config(SqliteApi.ConfigMemoryStatus, 0);
        _isLoaded = true;
    }

    /// <summary>Fails unless the system has a library of that name.</summary>
    /// <param name="name">Its soname.</param>
    internal static void Find(string name)
    {
        // Kept loaded: the same handle is what the calls of SqliteApi find.
        if (NativeLibrary.TryLoad(name, typeof(SqliteLibrary).Assembly, null, out _)) return;
        throw new QuernException(new Fault("QN9051", "the SQLite library is not installed")
        {
            Where = name,
            Wanted = $"SQLite {Spelled(Least)} or later, of the system",
            Try = ["apt-get install libsqlite3-0     on Debian and Ubuntu", "--to NAME.duckdb     needs no library of the system"],
        });
    }

    /// <summary>Fails when a version is too old.</summary>
    /// <param name="version">As SQLite counts: 3.40.1 is 3040001.</param>
    internal static void CheckVersion(int version)
    {
        if (version >= Least) return;
        throw new QuernException(new Fault("QN9052", "the SQLite library is too old")
        {
            Where = SqliteApi.Library,
            Value = $"SQLite {Spelled(version)}",
            Wanted = $"SQLite {Spelled(Least)} or later: older ones have no STRICT tables",
            Try =
            [
                "apt-get install libsqlite3-0     on Debian 12 and Ubuntu 22.04 or later",
                "--to NAME.duckdb     needs no library of the system",
            ],
        });
    }

    static string Spelled(int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{version / 1_000_000}.{version / 1000 % 1000}.{version % 1000}");
}
