using System.Reflection;
using System.Runtime.InteropServices;
using Quern.Duck.Native;

namespace Quern.Duck;

/// <summary>The native DuckDB library, loaded from beside the assemblies on first use.</summary>
public static class DuckLibrary
{
    /// <summary>The DuckDB this layer is written for; its vector layout and error texts are taken from it.</summary>
    public const string ExpectedVersion = "v1.5.6";

    const string FileName = "libduckdb.so";

    static readonly Lock Gate = new();
    static nint _library;

    /// <summary>Version of the library, such as <c>v1.5.6</c>.</summary>
    public static unsafe string Version
    {
        get
        {
            Load();
            return NativeText.Read(Capi.duckdb_library_version());
        }
    }

    /// <summary>Loads the library; every entry into this folder calls it, later calls cost one read.</summary>
    /// <exception cref="QuernException">QN9001: the library is not there or does not load.</exception>
    internal static void Load()
    {
        if (_library != 0) return;
        lock (Gate)
        {
            if (_library != 0) return;
            var path = Path.Combine(AppContext.BaseDirectory, FileName);
            nint library;
            try
            {
                library = NativeLibrary.Load(path);
            }
            catch (Exception reason) when (reason is DllNotFoundException or BadImageFormatException)
            {
                throw new QuernException(
                    new Fault("QN9001", "the DuckDB library does not load")
                    {
                        Where = path,
                        Value = reason.Message.Split('\n')[0],
                        Wanted = $"{FileName} {ExpectedVersion} for this platform, beside the program",
                        Try = ["install Quern again", "on a slim system, install libstdc++6 and libgcc-s1"],
                    },
                    reason);
            }
            NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), Resolve);
            _library = library;
        }
    }

    static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) =>
        name == Capi.Library ? _library : 0;
}
