using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Quern.Delivery;
using Quern.Delivery.Sqlite;
using Quern.Delivery.Sqlite.Parts;
using Quern.Duck;

namespace Quern.Tests.Delivery.Sqlite;

/// <summary>
/// The process that is killed while it replaces tables, each on a thread: one in a database that exists, one in a new file, and a
/// folder of files. Started as <see cref="Quern.Tests.Files.Rewriter"/> is.
/// </summary>
static class SqliteRewriter
{
    const string Mark = "sqlite:";

    internal static ProcessStartInfo Start(string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Mark + folder]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(SqliteRewriter).Assembly.Location;
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    internal static bool IsMeant(string argument) => argument.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>Rows of a generation, which follow from it: no two that follow each other have as many.</summary>
    internal static int Rows(int generation) => 2000 + (generation * 3701 % 9000);

    [DoesNotReturn]
    internal static void Run(string argument)
    {
        var folder = argument[Mark.Length..];
        using var database = DuckDatabase.Open(new DuckOptions { MemoryLimitBytes = 100_000_000, Threads = 2, TempDirectory = "" });
        using var first = new CountdownEvent(3);
        var options = SqliteOptions.Default with { MaxRows = 1500, Indexes = [["g"]] };
        new Thread(() => Loop(first, g => Send(database, new SqliteFile("old", Path.Combine(folder, "old.sqlite"), options), g))).Start();
        new Thread(() => Loop(first, g =>
        {
            File.Delete(Path.Combine(folder, "new.sqlite"));
            Send(database, new SqliteFile("new", Path.Combine(folder, "new.sqlite"), options), g);
        })).Start();
        var last = new Thread(() => Loop(first, g => Send(database, new SqliteFolder("parts", Path.Combine(folder, "parts.sqlite"), options), g)));
        last.Start();
        first.Wait();
        using (var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0))
        {
            output.Write("ready\n"u8);
        }
        last.Join();
        throw new InvalidOperationException("the loop never ends");
    }

    static void Send(DuckDatabase database, Destination to, int generation)
    {
        var shipment = new Shipment
        {
            Relation = string.Create(CultureInfo.InvariantCulture,
                $"(select {generation} as g, i, repeat('x', 100) as s from range({Rows(generation)}) r(i))"),
            Table = "t",
            Columns = ["g", "i", "s"],
        };
        using var staged = to.Stage(database, shipment, CancellationToken.None)!;
        staged.Commit();
    }

    static void Loop(CountdownEvent first, Action<int> write)
    {
        for (var generation = 1; ; generation++)
        {
            write(generation);
            if (generation == 1) first.Signal();
        }
    }
}
