using Quern.Chunks;
using Quern.Duck;

namespace Quern.Delivery.Sqlite;

/// <summary>The rows of a load, as the engine gives them for a table.</summary>
/// <param name="database">The engine.</param>
/// <param name="session">Where they are read.</param>
/// <param name="to">Where they go.</param>
/// <param name="shipment">What they are.</param>
/// <param name="columns">What is selected.</param>
/// <param name="keyed">They are loaded by their key; null when they are not.</param>
sealed class RowFeed(DuckDatabase database, DuckSession session, Destination to, Shipment shipment, string columns, KeyedRows? keyed)
{
    /// <summary>They are loaded by their key; null when they are not.</summary>
    public KeyedRows? Keyed => keyed;

    /// <summary>All of them.</summary>
    public string All => keyed?.Rows([]) ?? $"select {columns} from {shipment.Relation}";

    /// <summary>Gives out the rows of a query, a chunk at a time.</summary>
    /// <exception cref="QuernException">The engine does not give them.</exception>
    public void Send(string query, Action<Chunk> take, CancellationToken cancel)
    {
        using var rows = to.Write(database, () => session.Query(query, cancel));
        Func<Chunk?> next = rows.Next;
        while (to.Write(database, next) is { } chunk)
        {
            cancel.ThrowIfCancellationRequested();
            take(chunk);
        }
    }

    /// <summary>Sends rows into a table.</summary>
    /// <param name="query">Which.</param>
    /// <param name="inserter">The table.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Rows that were taken.</returns>
    public long Insert(string query, RowInserter inserter, CancellationToken cancel)
    {
        Send(query, inserter.Insert, cancel);
        return inserter.Rows;
    }

    /// <summary>Where a row comes from, for messages; null when nobody knows.</summary>
    public string? Place(long number) => shipment.Locate(number)?.Where;

    /// <summary>Sets a row aside; null when the first one ends the load.</summary>
    public Action<long, string?, Fault>? Refuse => shipment.Refused is not { } refused
        ? null
        : (number, column, fault) => refused.Add(number, column, fault.Code, fault.Value is null ? fault.What : $"{fault.What}: {fault.Value}");
}
