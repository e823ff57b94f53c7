using System.Globalization;
using Quern.Delivery.Sqlite.Native;

namespace Quern.Delivery.Sqlite;

/// <summary>Rows on their way to a table, by their keys.</summary>
/// <param name="connection">The database.</param>
/// <param name="table">The table.</param>
/// <param name="rows">Where the rows are, quoted.</param>
/// <param name="name">How messages name the destination.</param>
sealed class SqliteKeys(SqliteConnection connection, SqliteTable table, string rows, string name)
{
    const int MostKeysNamed = 3;

    readonly string _key = SqliteName.List(table.Options.Key);

    /// <summary>Refuses rows that no key can tell apart.</summary>
    /// <exception cref="QuernException">QN8287 a key is NULL; QN8208 rows of a merge have the same key.</exception>
    public void Check()
    {
        var absent = string.Join(" or ", table.Options.Key.Select(k => $"{SqliteName.Of(k)} is null"));
        if (connection.Number($"select count(*) from {rows} where {absent}") is > 0 and var nulls)
            throw SqliteFaults.NullKey(name, table.Name, string.Join(", ", table.Options.Key), nulls);
        if (table.Options.Mode == LoadMode.Merge) CheckOnce();
    }

    /// <summary>Changes the rows of a table that have the keys, and adds those that it does not have; what is not loaded stays. The rows
    /// are gone from where they were.</summary>
    /// <param name="relation">The table, quoted.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>How many were changed or added.</returns>
    public long Merge(string relation, CancellationToken cancel)
    {
        var same = string.Join(" and ", table.Options.Key.Select(k => $"t.{SqliteName.Of(k)} = s.{SqliteName.Of(k)}"));
        var others = table.Columns.Where(c => !table.Options.Key.Contains(c, StringComparer.OrdinalIgnoreCase)).Select(SqliteName.Of).ToList();
        // Once for each of the rows, whatever the table has: else each of its rows would look through all of these.
        connection.Execute($"create index temp.quern_keys on {rows["temp.".Length..]} ({_key})", cancel);
        if (others.Count > 0)
        {
            connection.Execute(
                $"update {relation} as t set {string.Join(", ", others.Select(c => $"{c} = s.{c}"))} from {rows} as s where {same}", cancel);
        }
        var key = string.Join(", ", table.Options.Key.Select(k => $"s.{SqliteName.Of(k)}"));
        connection.Execute($"delete from {rows} where ({_key}) in (select {key} from {relation} as t, {rows} as s where {same})", cancel);
        var changed = connection.Number("select changes()");
        var columns = SqliteName.List(table.Columns);
        connection.Execute($"insert into {relation} ({columns}) select {columns} from {rows}", cancel);
        return changed + connection.Number("select changes()");
    }

    void CheckOnce()
    {
        using var repeated = connection.Prepare(string.Create(CultureInfo.InvariantCulture,
            $"select {_key} from {rows} group by {_key} having count(*) > 1 order by {_key} limit {MostKeysNamed}"));
        var named = new List<string>();
        while (repeated.Step())
            named.Add($"({string.Join(", ", Enumerable.Range(0, repeated.Columns).Select(i => repeated.Text(i) ?? "NULL"))})");
        if (named.Count > 0) throw SqliteFaults.Repeated(name, string.Join(", ", table.Options.Key), string.Join(", ", named));
    }
}
