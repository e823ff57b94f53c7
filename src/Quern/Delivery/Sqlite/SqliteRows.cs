using Quern.Chunks;
using Quern.Duck;

namespace Quern.Delivery.Sqlite;

/// <summary>Asks the engine for the rows of a shipment in types that SQLite can have.</summary>
static class SqliteRows
{
    /// <summary>The table to make of a shipment, and the query that gives its rows.</summary>
    /// <exception cref="QuernException">The engine does not take the query.</exception>
    public static (SqliteTable Table, string Select) Of(
        DuckDatabase database, DuckSession session, Destination to, Shipment shipment, SqliteOptions options)
    {
        string[] names = [.. shipment.DatabaseColumns, .. shipment.Columns];
        var select = $"select {Sql.Names(names)} from {shipment.Relation}";
        var schema = to.Write(database, () => Schema(session, select));
        var casts = schema.Columns.Select(SqliteTypes.Selected).ToList();
        if (casts.SequenceEqual(schema.Columns.Select(c => Sql.Name(c.Name)))) return (new SqliteTable(shipment.Table, schema, options), select);
        select = $"select {string.Join(", ", casts)} from {shipment.Relation}";
        return (new SqliteTable(shipment.Table, to.Write(database, () => Schema(session, select)), options), select);
    }

    static Schema Schema(DuckSession session, string select)
    {
        using var none = session.Query($"from ({select}\n) limit 0");
        return none.Schema;
    }
}
