using System.Globalization;
using Quern.Duck;

namespace Quern.Delivery.Sqlite.Parts;

/// <summary>
/// The rows of a query, kept by the engine in their order, so that several threads can read ranges of them at a time: a query may come
/// only once, and its second run may have another order. They lie in memory, and in the engine's temporary folder when that is full.
/// </summary>
sealed class HeldRows : IDisposable
{
    const string InOrder = "preserve_insertion_order";

    static int _last;

    readonly DuckSession _session;
    readonly string _catalog;

    HeldRows(DuckSession session, string catalog)
    {
        _session = session;
        _catalog = catalog;
    }

    /// <summary>How many.</summary>
    public long Count { get; private set; }

    /// <summary>What stands behind FROM for them.</summary>
    public string Relation => $"{Sql.Name(_catalog)}.main.held";

    /// <summary>Runs a query and keeps its rows.</summary>
    /// <param name="database">The engine.</param>
    /// <param name="select">The query.</param>
    /// <param name="cancel">Ends it.</param>
    public static HeldRows Of(DuckDatabase database, string select, CancellationToken cancel)
    {
        var held = new HeldRows(
            database.Connect(), string.Create(CultureInfo.InvariantCulture, $"quern_held_{Interlocked.Increment(ref _last)}"));
        try
        {
            held._session.Execute($"attach ':memory:' as {Sql.Name(held._catalog)} (compress)", cancel);
            var before = held._session.Setting(InOrder);
            held._session.Set(InOrder, "true");
            try
            {
                held.Count = held._session.Execute($"create table {held.Relation} as {select}", cancel);
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
    /// <param name="columns">What is selected.</param>
    /// <param name="cancel">Ends it.</param>
    public DuckResult Range(DuckSession session, long from, long to, string columns, CancellationToken cancel) => session.Query(
        string.Create(CultureInfo.InvariantCulture, $"select {columns} from {Relation} where rowid >= {from} and rowid < {to}"), cancel);

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
