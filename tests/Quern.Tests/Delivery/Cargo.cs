using Quern.Delivery;
using Quern.Duck;
using Quern.Running;
using Quern.Tests.Files;

namespace Quern.Tests.Delivery;

/// <summary>A small table on its way to a destination: goods of a shop by day, in the order they were put in.</summary>
sealed class Cargo : IDisposable
{
    public const string Shop = "6e212746-484a-40cd-bba0-09a19d132d64";
    public const string OtherShop = "11111111-2222-4333-8444-555555555555";
    readonly DuckSession _session;
    int _tables;

    public Cargo()
    {
        Directory.CreateDirectory(Scratch["spill"]);
        Database = DuckDatabase.Open(
            new DuckOptions { MemoryLimitBytes = 200_000_000, Threads = 2, TempDirectory = Scratch["spill"] });
        _session = Database.Connect();
    }

    public ScratchFolder Scratch { get; } = new();

    public DuckDatabase Database { get; }

    /// <summary>A shipment of all that lies in SQL rows of day of October 2025, good and amount.</summary>
    /// <param name="rows">For example <c>(1, 'pear', 2.5), (2, NULL, NULL)</c>; empty for none.</param>
    /// <param name="days">The days that are replaced.</param>
    /// <param name="shop">Whose.</param>
    public Shipment Load(string rows, int[] days, string shop = Shop)
    {
        var table = $"goods_{_tables++}";
        _session.Execute($"create table {table} (id bigint, shop varchar, day date, good varchar, amount double)");
        if (rows.Length > 0)
        {
            _session.Execute(
                $"""
                insert into {table}
                select row_number() over (), '{shop}', date '2025-09-30' + d::int, g::varchar, a::double
                from (values {rows}) as v(d, g, a)
                """);
        }
        return new Shipment
        {
            Relation = table,
            Table = "goods",
            Columns = ["shop", "day", "good", "amount"],
            DatabaseColumns = ["id"],
            Scope = new Scope("shop", shop, "day", [.. days.Select(d => new DateOnly(2025, 10, d))]),
            Rows = _session.Scalar<long>($"select count(*) from {table}"),
        };
    }

    /// <summary>Delivers a shipment to a single destination.</summary>
    public RunOutput? Send(Destination to, Shipment shipment)
    {
        using var staged = to.Stage(Database, shipment, CancellationToken.None);
        return staged?.Commit();
    }

    /// <summary>The rows of a query, columns with a blank between, NULL as a dash.</summary>
    public IReadOnlyList<string> Read(string sql)
    {
        using var session = Database.Connect();
        var columns = string.Join(", ", Names(sql).Select(n => $"coalesce({Sql.Name(n)}::varchar, '-')"));
        using var result = session.Query($"select concat_ws(' ', {columns}) from ({sql})");
        var rows = new List<string>();
        while (result.Next() is { } chunk)
        {
            for (var i = 0; i < chunk.Rows; i++) rows.Add(chunk[0].Texts[i].ToString());
        }
        return rows;
    }

    /// <summary>The rows of a table in a database file that is let go of afterwards.</summary>
    public IReadOnlyList<string> ReadFile(string path, string sql)
    {
        _session.Execute($"attach {Sql.Text(path)} as file (read_only)");
        try
        {
            return Read(sql);
        }
        finally
        {
            _session.Execute("detach file");
        }
    }

    /// <summary>Runs statements in a database file.</summary>
    public static void Change(string path, string sql)
    {
        using var database = DuckDatabase.Open(
            new DuckOptions { Path = path, MemoryLimitBytes = 100_000_000, Threads = 1, TempDirectory = "" });
        using var session = database.Connect();
        session.Execute(sql);
    }

    public void Dispose()
    {
        _session.Dispose();
        Database.Dispose();
        Scratch.Dispose();
    }

    List<string> Names(string sql)
    {
        using var session = Database.Connect();
        using var result = session.Query(sql);
        return [.. result.Schema.Columns.Select(c => c.Name)];
    }
}
