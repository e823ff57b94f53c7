using Quern.Chunks;
using Quern.Duck;

namespace Quern.Delivery.Sqlite;

/// <summary>Asks the engine for the rows of a shipment in types that SQLite can have.</summary>
static class SqliteRows
{
    /// <summary>The table to make of a shipment, and what to select from its relation for it.</summary>
    /// <exception cref="QuernException">The engine does not take the query.</exception>
    public static (SqliteTable Table, string Columns) Of(
        DuckDatabase database, DuckSession session, Destination to, Shipment shipment, SqliteOptions options)
    {
        string[] names = [.. shipment.DatabaseColumns, .. shipment.Columns];
        var schema = to.Write(database, () => Schema(Sql.Names(names)));
        var columns = string.Join(", ", schema.Columns.Select(SqliteTypes.Selected));
        if (columns != Sql.Names(names)) schema = to.Write(database, () => Schema(columns));
        // SQLite takes a name in quotes that is no column for a text.
        string[] known = [.. schema.Columns.Select(c => c.Name)];
        foreach (var column in options.Indexes.SelectMany(i => i).Concat(options.Key))
            if (!known.Contains(column, StringComparer.OrdinalIgnoreCase)) throw SqliteFaults.NoKey(column, known);
        return (new SqliteTable(shipment.Table, schema, options), columns);

        Schema Schema(string selected)
        {
            using var none = session.Query($"from (select {selected} from {shipment.Relation}) limit 0");
            return none.Schema;
        }
    }
}
