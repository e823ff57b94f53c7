using System.Globalization;
using Quern.Chunks;
using Quern.Delivery.Sqlite.Parts;
using Quern.Duck;

namespace Quern.Delivery.Sqlite;

/// <summary>Rows that are loaded by their key: held by the engine with their numbers, and looked at before the table is.</summary>
sealed class KeyedRows : IDisposable
{
    /// <summary>The column with the number of a row, from 0.</summary>
    public const string Number = "quern_number";

    const int MostShown = 3;

    readonly HeldRows _held;
    readonly string _columns;
    string _from;

    KeyedRows(HeldRows held, Schema rows, IReadOnlyList<string> key)
    {
        (_held, _from) = (held, held.Relation);
        _columns = Sql.Names(rows.Columns.Select(c => c.Name));
        Key = [.. key.Select(k => rows.Columns.FirstOrDefault(c => c.Name.Equals(k, StringComparison.OrdinalIgnoreCase)))
            .Select((c, i) => c ?? throw SqliteFaults.NoKey(key[i], [.. rows.Columns.Select(r => r.Name)]))];
    }

    /// <summary>The columns of the key.</summary>
    public IReadOnlyList<Column> Key { get; }

    /// <summary>Rows that are left out, because another has their key.</summary>
    public long Repeated { get; private set; }

    string Names => Sql.Names(Key.Select(k => k.Name));

    /// <summary>Whether a load goes by the key of its rows.</summary>
    public static bool AreMeant(SqliteOptions options) =>
        options.Key.Count > 0 && (options.Mode is LoadMode.Replace or LoadMode.Merge || options.Dedupe is not null);

    /// <summary>Reads the rows, and checks their keys.</summary>
    /// <param name="database">The engine.</param>
    /// <param name="to">Where they go.</param>
    /// <param name="shipment">What they are.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">What is selected for it.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="QuernException">QN8208 keys come more than once; QN8287 a key is NULL; QN8266 it is no column; QN7450 no order.</exception>
    public static KeyedRows Of(DuckDatabase database, Destination to, Shipment shipment, SqliteTable table, string columns, CancellationToken cancel)
    {
        var numbered = $"(select {columns}, row_number() over () as {Number} from {shipment.Relation})";
        var held = to.Write(database, () => HeldRows.Of(database, numbered, "*", [.. table.Columns, Number], cancel));
        try
        {
            var keyed = new KeyedRows(held, table.Rows, table.Options.Key);
            using var session = database.Connect();
            to.Write(database, () => keyed.Check(session, to, table, cancel));
            return keyed;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>All columns and the number, in the order in which the rows came.</summary>
    /// <param name="without">Numbers of rows that are left out.</param>
    public string Rows(IReadOnlyCollection<long> without) =>
        $"select {_columns}, {Number} - 1 as {Number} from {_from}{Except(without)}{(without.Count == 0 && _from == _held.Relation ? "" : $" order by {Number}")}";

    /// <summary>Each key once, and the number of a row with it.</summary>
    /// <param name="without">Numbers of rows that are left out.</param>
    public string Keys(IReadOnlyCollection<long> without) =>
        $"select {Names}, min({Number}) - 1 as {Number} from {_from}{Except(without)} group by {Names}";

    /// <inheritdoc/>
    public void Dispose() => _held.Dispose();

    static string Except(IReadOnlyCollection<long> without) => without.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
        $" where {Number} - 1 not in (select unnest([{string.Join(',', without)}]))");

    bool Check(DuckSession session, Destination to, SqliteTable table, CancellationToken cancel)
    {
        var (options, key) = (table.Options, string.Join(", ", Key.Select(k => k.Name)));
        if (options.Mode is LoadMode.Merge or LoadMode.Replace)
        {
            var missing = string.Join(" or ", Key.Select(k => $"{Sql.Name(k.Name)} is null"));
            var nulls = session.Scalar<long>($"select count(*) from {_held.Relation} where {missing}", cancel);
            if (nulls > 0) throw SqliteFaults.NullKey(to.Name, table.Name, key, nulls);
        }
        if (options.Mode != LoadMode.Merge && options.Dedupe is null) return true;
        var repeated = $"from {_held.Relation} group by {Names} having count(*) > 1";
        Repeated = session.Scalar<long>($"select coalesce(sum(n - 1), 0)::bigint from (select count(*) as n {repeated})", cancel);
        if (options.Dedupe is not { } order) return Repeated == 0 ? true : throw SqliteFaults.Repeated(to.Name, key, Shown(session, repeated, cancel));
        _from = $"(select * from {_held.Relation} qualify row_number() over (partition by {Names} order by {order}, {Number}) = 1)";
        try
        {
            session.Query($"from {_from} limit 0", cancel).Dispose();
        }
        catch (QuernException e) when (e.Fault is DuckFault)
        {
            throw SqliteFaults.NoOrder(order, e.Fault);
        }
        return true;
    }

    string Shown(DuckSession session, string repeated, CancellationToken cancel)
    {
        using var rows = session.Query(string.Create(CultureInfo.InvariantCulture,
            $"select {string.Join(", ", Key.Select(k => $"coalesce({Sql.Name(k.Name)}::varchar, 'NULL')"))} {repeated} order by {Names} limit {MostShown}"), cancel);
        var shown = new List<string>();
        while (rows.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
                shown.Add($"({string.Join(", ", Enumerable.Range(0, Key.Count).Select(i => ValueText.Read(chunk[i], row)))})");
        }
        return string.Join(", ", shown);
    }
}
