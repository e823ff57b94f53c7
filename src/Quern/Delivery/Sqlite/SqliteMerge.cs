using System.Globalization;
using Quern.Chunks;
using Quern.Delivery.Sqlite.Native;

namespace Quern.Delivery.Sqlite;

/// <summary>Changes the rows of a table that have the keys of others, and adds those that it does not have: what is not loaded, and what
/// refers to a row, stays.</summary>
/// <remarks>All at once; when the table does not take a row, one by one, until it is known which.</remarks>
/// <param name="connection">The database.</param>
/// <param name="table">The table.</param>
/// <param name="relation">What it is called there, quoted.</param>
/// <param name="name">How messages name the destination.</param>
sealed class SqliteMerge(SqliteConnection connection, SqliteTable table, string relation, string name)
{
    /// <summary>Rows on their way wait here until it is known which of those in the table they change.</summary>
    const string Waiting = "temp.quern_rows";

    readonly string _same = string.Join(" and ", table.Options.Key.Select(k => $"t.{SqliteName.Of(k)} = s.{SqliteName.Of(k)}"));

    /// <summary>Rows that were changed or added, as SQLite has counted them.</summary>
    public long Rows { get; private set; }

    /// <summary>Does it.</summary>
    /// <returns>Rows that were taken.</returns>
    public long Make(RowFeed feed, CancellationToken cancel)
    {
        var number = new Column(KeyedRows.Number, LogicalType.Of(TypeKind.BigInt));
        var numbered = table with { Rows = new Schema([.. table.Rows.Columns, number]) };
        connection.Execute(numbered.Create(Waiting), cancel);
        long taken;
        using (var rows = new RowInserter(connection, numbered, Waiting, name)
        {
            Refuse = feed.Refuse,
            Locate = feed.Place,
            IsNumbered = true,
        })
        {
            taken = feed.Insert(feed.All, rows, cancel);
        }
        // Once for each of these rows, whatever the table has: else each row of the table would look through all of them.
        connection.Execute($"create index temp.quern_keys on quern_rows ({SqliteName.List(table.Options.Key)})", cancel);
        connection.Execute("savepoint quern", cancel);
        try
        {
            Rows = All(cancel);
        }
        catch (SqliteException e) when (IsAboutRow(e))
        {
            connection.Execute("rollback to quern", cancel);
            taken = Rows = OneByOne(feed, cancel);
        }
        connection.Execute($"release quern; drop table {Waiting}", cancel);
        return taken;
    }

    static bool IsAboutRow(SqliteException e) => e.Code is SqliteApi.Constraint or SqliteApi.TooBig or SqliteApi.Mismatch;

    long All(CancellationToken cancel)
    {
        Update("", cancel);
        var (key, matched) = (SqliteName.List(table.Options.Key), string.Join(", ", table.Options.Key.Select(k => $"s.{SqliteName.Of(k)}")));
        connection.Execute(
            $"delete from {Waiting} where ({key}) in (select {matched} from {relation} as t, {Waiting} as s where {_same})", cancel);
        var changed = connection.Number("select changes()");
        var columns = SqliteName.List(table.Columns);
        connection.Execute($"insert into {relation} ({columns}) select {columns} from {Waiting} order by {KeyedRows.Number}", cancel);
        return changed + connection.Number("select changes()");
    }

    long OneByOne(RowFeed feed, CancellationToken cancel)
    {
        var numbers = new List<long>();
        using (var all = connection.Prepare($"select {KeyedRows.Number} from {Waiting} order by 1"))
        {
            while (all.Step()) numbers.Add(all.Number(0));
        }
        var columns = SqliteName.List(table.Columns);
        var taken = 0L;
        foreach (var number in numbers)
        {
            var only = string.Create(CultureInfo.InvariantCulture, $"s.{KeyedRows.Number} = {number}");
            connection.Execute("savepoint quern_row", cancel);
            try
            {
                Update($" and {only}", cancel);
                connection.Execute(
                    $"""
                    insert into {relation} ({columns}) select {columns} from {Waiting} as s
                    where {only} and not exists (select 1 from {relation} as t where {_same})
                    """, cancel);
                taken++;
            }
            catch (SqliteException e) when (IsAboutRow(e))
            {
                connection.Execute("rollback to quern_row", cancel);
                var place = feed.Place(number) ?? SqliteFaults.Place(name, table.Name, null, number + 1);
                var fault = SqliteFaults.OfRow(e, $"{place}, on its way into {name}, table {table.Name}", name, table.Name);
                if (feed.Refuse is not { } refuse) throw fault;
                refuse(number, null, fault.Fault);
            }
            connection.Execute("release quern_row", cancel);
        }
        return taken;
    }

    void Update(string condition, CancellationToken cancel)
    {
        var others = table.Columns.Where(c => !table.Options.Key.Contains(c, StringComparer.OrdinalIgnoreCase)).Select(SqliteName.Of).ToList();
        if (others.Count == 0) return;
        var set = string.Join(", ", others.Select(c => $"{c} = s.{c}"));
        connection.Execute($"update {relation} as t set {set} from {Waiting} as s where {_same}{condition}", cancel);
    }
}
