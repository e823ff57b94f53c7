using System.Globalization;
using Quern.Delivery.Sqlite.Native;

namespace Quern.Delivery.Sqlite;

/// <summary>Tables that lose or change rows when rows of another one go, which they refer to with an action.</summary>
sealed class SqliteDependents
{
    readonly SqliteConnection _connection;
    readonly List<(string Table, string Counts, List<long> Before)> _tables = [];

    /// <summary>Counts their rows.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="table">The table that they refer to.</param>
    public SqliteDependents(SqliteConnection connection, string table)
    {
        _connection = connection;
        var found = new List<(string Table, string Column)>();
        using (var keys = connection.Prepare(
            $"""
            select m.name, f."from" from sqlite_master as m, pragma_foreign_key_list(m.name) as f
            where m.type = 'table' and lower(f."table") = lower({SqliteName.Text(table)}) and lower(m.name) <> lower({SqliteName.Text(table)})
                and f.on_delete in ('CASCADE', 'SET NULL', 'SET DEFAULT')
            """))
        {
            while (keys.Step()) found.Add((keys.Text(0)!, keys.Text(1)!));
        }
        foreach (var group in found.GroupBy(f => f.Table))
        {
            var counts = string.Join(", ", group.Select(f => $"count({SqliteName.Of(f.Column)})").Prepend("count(*)"));
            _tables.Add((group.Key, counts, Count(group.Key, counts)));
        }
    }

    /// <summary>Fails when they have other rows now.</summary>
    /// <param name="where">The table, for messages.</param>
    /// <exception cref="QuernException">QN7485.</exception>
    public void Check(string where)
    {
        var changed = new List<string>();
        foreach (var (table, counts, before) in _tables)
        {
            var now = Count(table, counts);
            var gone = before.Zip(now).Max(c => c.First - c.Second);
            if (gone > 0) changed.Add(string.Create(CultureInfo.InvariantCulture, $"{table}: {gone:N0} rows"));
        }
        if (changed.Count == 0) return;
        throw new QuernException(new Fault("QN7485", "rows of other tables would go, or change, with those that are replaced")
        {
            Where = where,
            Value = string.Join("; ", changed),
            Try = ["--mode merge     changes rows, and keeps what refers to them", "delete those rows first, then run again"],
        });
    }

    List<long> Count(string table, string counts)
    {
        using var row = _connection.Prepare($"select {counts} from {SqliteName.Of(table)}");
        row.Step();
        return [.. Enumerable.Range(0, row.Columns).Select(row.Number)];
    }
}
