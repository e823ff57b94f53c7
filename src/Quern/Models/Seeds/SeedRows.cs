using Quern.Chunks;
using Quern.Csv;
using Quern.Csv.Values;
using Quern.Duck;
using Quern.Projects.Context;
using Quern.Projects.Warehouses;

namespace Quern.Models.Seeds;

/// <summary>Writes the rows of a seed into its table.</summary>
static class SeedRows
{
    /// <summary>Reads the file once more, in the types of the table, and inserts its rows. What the reader has no type for, such as lists,
    /// is cast by the engine.</summary>
    /// <param name="file">The seed.</param>
    /// <param name="session">A connection; rows come in its open transaction.</param>
    /// <param name="target">The table, with the columns of the header in any order.</param>
    /// <returns>Rows that the table holds more.</returns>
    /// <exception cref="QuernException">QN3001: a cell is none of its column's type. QN20xx, QN31xx: the file cannot be read.</exception>
    public static long Insert(SeedFile file, WarehouseSession session, Relation target)
    {
        var before = Count(session, target);
        var types = session.Columns(target).ToDictionary(c => c.Name, c => c.Type, StringComparer.OrdinalIgnoreCase);
        using var pass = new CsvPass(file.Read(file.Names.Select(name => Readable(types[name]))));
        using var reader = pass.OpenReader(isOnly: true);
        var sink = new ChunkSink();
        const string rows = "quern_seed_rows";
        session.Feed(
            $"insert into {target.Render()} ({Sql.Names(file.Names)}) select {Sql.Names(file.Names)} from {rows}",
            rows,
            pass.Schema,
            output =>
            {
                sink.Output = output;
                return output.Rows = reader.Fill(sink);
            });
        return Count(session, target) - before;
    }

    /// <summary>The reader's own type, or text for the engine to cast: moments with a zone it reads in the zone of the session.</summary>
    static LogicalType Readable(string type) =>
        LogicalType.TryParse(type, out var known) && known is { Alias: null, Kind: not TypeKind.TimestampTz } && CellTypes.Has(known)
            ? known
            : LogicalType.Of(TypeKind.Varchar);

    static long Count(WarehouseSession session, Relation target) =>
        Convert.ToInt64(session.QueryOne($"select count(*) from {target.Render()}").Rows[0][0], System.Globalization.CultureInfo.InvariantCulture);
}
