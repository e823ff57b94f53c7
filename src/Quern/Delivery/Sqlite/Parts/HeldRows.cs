using System.Buffers;
using System.Globalization;
using Quern.Duck;

namespace Quern.Delivery.Sqlite.Parts;

/// <summary>
/// The rows of a query, kept by the engine in their order, so that several threads can read ranges of them at a time: a query may come
/// only once, and its second run may have another order. They lie in memory, and in the engine's temporary folder when that is full.
/// What is a table of the engine already is read where it is.
/// </summary>
sealed class HeldRows : IDisposable
{
    const string InOrder = "preserve_insertion_order";

    static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_0123456789");

    static int _last;

    readonly DuckSession _session;
    readonly string _catalog;
    readonly string _columns;

    HeldRows(DuckSession session, string catalog, string columns)
    {
        _session = session;
        _catalog = catalog;
        _columns = columns;
        Relation = $"{Sql.Name(catalog)}.main.held";
    }

    /// <summary>How many.</summary>
    public long Count { get; private set; }

    /// <summary>What stands behind FROM for them.</summary>
    public string Relation { get; private set; }

    /// <summary>Runs a query and keeps its rows.</summary>
    /// <param name="database">The engine.</param>
    /// <param name="relation">What stands behind FROM in the query.</param>
    /// <param name="columns">What is selected.</param>
    /// <param name="names">Names of these columns.</param>
    /// <param name="cancel">Ends it.</param>
    public static HeldRows Of(DuckDatabase database, string relation, string columns, IEnumerable<string> names, CancellationToken cancel)
    {
        var session = database.Connect();
        var catalog = string.Create(CultureInfo.InvariantCulture, $"quern_held_{Interlocked.Increment(ref _last)}");
        if (IsTable(session, relation))
        {
            return new HeldRows(session, catalog, columns)
            {
                Relation = relation,
                Count = session.Scalar<long>($"select count(*) from {relation}", cancel),
            };
        }
        var held = new HeldRows(session, catalog, Sql.Names(names));
        try
        {
            held._session.Execute($"attach ':memory:' as {Sql.Name(held._catalog)}", cancel);
            var before = held._session.Setting(InOrder);
            held._session.Set(InOrder, "true");
            try
            {
                held._session.Execute($"create table {held.Relation} as select {columns} from {relation}", cancel);
            }
            finally
            {
                held._session.Set(InOrder, before);
            }
            held.Count = held._session.Scalar<long>($"select count(*) from {held.Relation}", cancel);
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Reads a range of them, in their order.</summary>
    /// <param name="session">Whose thread reads.</param>
    /// <param name="from">The first, from 0.</param>
    /// <param name="to">Behind the last.</param>
    /// <param name="sums">Sums of them that are wanted, as SELECT has them. Default: null, the rows.</param>
    /// <param name="cancel">Ends it.</param>
    public DuckResult Range(DuckSession session, long from, long to, string? sums, CancellationToken cancel) => session.Query(
        string.Create(CultureInfo.InvariantCulture, $"select {sums ?? _columns} from {Relation} where rowid >= {from} and rowid < {to}"),
        cancel);

    /// <summary>Only where no row was ever deleted, so that the numbers of rows have no holes.</summary>
    static bool IsTable(DuckSession session, string relation)
    {
        if (relation.AsSpan().ContainsAnyExcept(NameCharacters)) return false;
        var tables = $"""
            select count(*) from duckdb_tables()
            where database_name = current_database() and schema_name = current_schema() and table_name = {Sql.Text(relation)}
            """;
        if (session.Scalar<long>(tables) != 1) return false;
        return session.Scalar<bool>($"select coalesce(max(rowid) + 1, 0) = count(*) from {relation}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _session.Execute($"detach database if exists {Sql.Name(_catalog)}", CancellationToken.None);
        }
        catch (QuernException)
        {
            // It goes with the engine.
        }
        _session.Dispose();
    }
}
