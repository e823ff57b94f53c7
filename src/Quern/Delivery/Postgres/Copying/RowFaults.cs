using System.Globalization;
using Quern.Chunks;
using Quern.Duck;

namespace Quern.Delivery.Postgres.Copying;

/// <summary>Tells of a row that ended a load: where it comes from, and the value.</summary>
/// <param name="database">The engine.</param>
/// <param name="shipment">The rows.</param>
/// <param name="where">The table.</param>
sealed class RowFaults(DuckDatabase database, Shipment shipment, string where)
{
    const int MostShown = 200;

    /// <summary>The fault.</summary>
    public QuernException Of(RefusedRowException e)
    {
        var row = e.Row;
        var isEngines = row.Code != "QN8285";
        var place = row.Number < 0 ? null : Place(row.Number);
        var column = row.Column is null ? "" : $", column \"{row.Column}\"";
        var value = row.Number < 0 || row.Column is null ? null : Value(row.Number, row.Column);
        return new QuernException(
            new Fault(row.Code, isEngines ? row.Message : "the database refuses a row")
            {
                Where = place is null ? where + column : $"{place}{column}, on its way into {where}",
                Value = (isEngines, value) switch
                {
                    (true, _) => value,
                    (_, null) => row.Message,
                    _ => $"{value}: {row.Message}",
                },
                Wanted = row.Wanted,
                Try = [.. row.Try ?? [], "--rejects FILE     sets such rows aside, and loads the others"],
            },
            e);
    }

    string Place(long number) => shipment.Locate(number)?.Where ?? string.Create(CultureInfo.InvariantCulture, $"row {number + 1:N0}");

    string? Value(long number, string column)
    {
        if (shipment.IsReadOnce) return null;
        string[] columns = [.. shipment.DatabaseColumns, .. shipment.Columns];
        if (Array.Find(columns, c => c.Equals(column, StringComparison.OrdinalIgnoreCase)) is not { } source) return null;
        using var session = database.Connect();
        using var rows = session.Query(
            string.Create(CultureInfo.InvariantCulture, $"select {Sql.Name(source)} from {shipment.Relation} limit 1 offset {number}"));
        if (rows.Next() is not { Rows: > 0 } chunk || chunk[0].Type.Kind is TypeKind.Geometry or TypeKind.Variant) return null;
        var text = ValueText.Read(chunk[0], 0);
        return $"\"{(text.Length > MostShown ? text[..MostShown] + "..." : text)}\"";
    }
}
