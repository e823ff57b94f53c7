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
    /// <param name="seed">What its values are.</param>
    /// <param name="session">A connection; rows come in its open transaction.</param>
    /// <param name="target">The table, with the columns of the header in any order.</param>
    /// <returns>Rows that the table holds more.</returns>
    /// <exception cref="QuernException">QN3001: a cell is none of its column's type. QN20xx, QN31xx: the file cannot be read.</exception>
    public static long Insert(SeedFile file, SeedColumns seed, WarehouseSession session, Relation target)
    {
        var before = Count(session, target);
        var types = session.Columns(target).ToDictionary(c => c.Name, c => c.Type, StringComparer.OrdinalIgnoreCase);
        var read = file.Read(file.Names.Select(name => Readable(types[name])));
        using var pass = new CsvPass(read with { Columns = Dated(read.Columns, file, seed, session) });
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

    /// <summary>Days and moments that <c>column_types</c> asks for and that are not ISO, such as 31/12/2024, are read in the form that the
    /// engine finds in the file, as its COPY does.</summary>
    static IReadOnlyList<CsvColumn> Dated(IReadOnlyList<CsvColumn> columns, SeedFile file, SeedColumns seed, WarehouseSession session)
    {
        if (!columns.Where((c, i) => IsOdd(c, i)).Any()) return columns;
        var (day, moment) = Formats(file, session);
        return [.. columns.Select((c, i) => !IsOdd(c, i) ? c : c with { Format = c.Type.Kind == TypeKind.Date ? day : moment })];

        bool IsOdd(CsvColumn column, int i) =>
            column.Type.Kind is TypeKind.Date or TypeKind.Timestamp && seed.Types[i] is not ("DATE" or "TIMESTAMP");
    }

    static (string? Day, string? Moment) Formats(SeedFile file, WarehouseSession session)
    {
        try
        {
            var delimiter = ((char)file.Dialect.Delimiter).ToString();
            // On a connection of its own: a statement that fails would end the transaction.
            using var other = session.Warehouse.Connect();
            var row = other.QueryOne(
                $"select DateFormat, TimestampFormat from sniff_csv({Sql.File(file.File.Path)}, header = true, delim = {Sql.Text(delimiter)})").Rows[0];
            return (Known(row[0] as string), Known(row[1] as string));
        }
        catch (QuernException)
        {
            // The engine finds no form: values are ISO, or the reader names the first that is not.
            return default;
        }

        static string? Known(string? format) =>
            format is null || format.StartsWith("%Y-%m-%d", StringComparison.Ordinal) || TimeFormat.Of(format) is null ? null : format;
    }

    static long Count(WarehouseSession session, Relation target) =>
        Convert.ToInt64(session.QueryOne($"select count(*) from {target.Render()}").Rows[0][0], System.Globalization.CultureInfo.InvariantCulture);
}
