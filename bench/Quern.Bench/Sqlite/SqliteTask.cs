using System.Diagnostics;
using System.Globalization;
using Quern.Bench.Terminal;
using Quern.Delivery;
using Quern.Delivery.Sqlite;
using Quern.Delivery.Sqlite.Parts;
using Quern.Duck;

namespace Quern.Bench.Sqlite;

/// <summary>One delivery to SQLite in a process of its own, measured from inside.</summary>
static class SqliteTask
{
    /// <summary>Delivers; prints what it took.</summary>
    /// <param name="from">A Parquet file, or how many rows to make in the engine's memory first.</param>
    /// <param name="to">Absolute path: a file, or a folder when it ends with a slash.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="threads">Threads of the engine.</param>
    /// <param name="engineBytes">Memory of the engine.</param>
    public static void Run(string from, string to, SqliteOptions options, int threads, long engineBytes)
    {
        using var database = DuckDatabase.Open(new DuckOptions { MemoryLimitBytes = engineBytes, Threads = threads, TempDirectory = "" });
        using var session = database.Connect();
        var relation = $"read_parquet({Sql.Text(from)})";
        if (long.TryParse(from, CultureInfo.InvariantCulture, out var rows))
        {
            session.Execute($"create table t as {EntityRows.Select(rows)}");
            relation = "t";
        }
        var shipment = new Shipment
        {
            Relation = relation,
            Table = "t",
            Columns = ["id", "kind", "dataset", "name", "value", "amount", "entry_ts", "start_date", "active", "attrs", "point", "geometry"],
        };
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        Destination destination = options.MaxRows > 0 ? new SqliteFolder(to, to.TrimEnd('/'), options) : new SqliteFile(to, to, options);
        using var staged = destination.Stage(database, shipment, CancellationToken.None)!;
        var written = clock.Elapsed;
        var made = staged.Commit();
        Out.Line(string.Create(CultureInfo.InvariantCulture,
            $$"""
            {"rows":{{made.Rows}},"written":{{written.TotalSeconds:F4}},"wall":{{clock.Elapsed.TotalSeconds:F4}},"cpu":{{(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:F4}}}
            """));
    }
}
