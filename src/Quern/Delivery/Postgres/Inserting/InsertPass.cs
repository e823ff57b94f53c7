using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Quern.Delivery.Postgres.Copying;
using Quern.Delivery.Postgres.Sessions;
using Quern.Delivery.Postgres.Typing;
using Quern.Duck;

namespace Quern.Delivery.Postgres.Inserting;

/// <summary>Sends rows by INSERT, many at a time as arrays of texts or one by one, where COPY is refused. Inside a transaction.</summary>
/// <remarks>A batch that the server refuses is halved until the row is found. Several times slower than COPY: docs/load.md has the
/// figures.</remarks>
/// <param name="session">The connection.</param>
/// <param name="table">The table, quoted.</param>
/// <param name="routes">The columns.</param>
/// <param name="isStaging">Types are those of a staging table.</param>
/// <param name="batchRows">Rows at a time; 1 for statements with a row each.</param>
/// <param name="refuse">Told of a row that does not fit; null: the first one ends the load.</param>
sealed class InsertPass(
    PostgresSession session, string table, IReadOnlyList<ColumnRoute> routes, bool isStaging, int batchRows, Action<RefusedRow>? refuse)
{
    /// <summary>Characters of a batch: what it takes as arrays of texts is several times that.</summary>
    const int MostCharacters = 2 << 20;

    readonly ValueTexts _texts = new(routes);
    readonly List<(long Number, string?[] Values)> _batch = [];
    long _characters;

    /// <summary>Rows that were read.</summary>
    public long Read { get; private set; }

    /// <summary>Rows that the server has taken.</summary>
    public long Taken { get; private set; }

    /// <summary>Sends all rows of a result.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="originals">As <see cref="RowEncoder"/> has them.</param>
    /// <exception cref="RefusedRowException">A row does not fit, and none are set aside.</exception>
    public void Run(DuckResult rows, IReadOnlyList<int> originals)
    {
        var check = new RowEncoder(routes, originals);
        var scratch = new Binary.CopyBuffer(1 << 12);
        using var command = Prepare();
        while (rows.Next() is { } chunk)
        {
            check.Begin(chunk.Memory);
            for (var row = 0; row < chunk.Rows; row++, Read++)
            {
                scratch.Cut(0);
                if (check.Write(scratch, row) is { } bad)
                {
                    Refuse(new RefusedRow(Read, routes[bad.Column].Target.Name, bad.Why.Code, bad.Why.Message, bad.Why.Wanted, bad.Why.Try),
                        null);
                    continue;
                }
                var values = new string?[routes.Count];
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = _texts.Of(chunk.Memory[i], row, i);
                    _characters += values[i]?.Length ?? 0;
                }
                _batch.Add((Read, values));
                if (_batch.Count == batchRows || _characters >= MostCharacters) Flush(command);
            }
        }
        Flush(command);
    }

    NpgsqlCommand Prepare()
    {
        var columns = Sql.Names(routes.Select(r => r.Target.Name));
        var values = string.Join(", ", routes.Select((r, i) => string.Create(
            CultureInfo.InvariantCulture, $"{(batchRows == 1 ? $"${i + 1}" : $"c{i}")}::{(isStaging && r.IsRead ? "text" : r.ReadType)}")));
        var arrays = string.Join(", ", routes.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"${i + 1}::text[]")));
        var names = string.Join(", ", routes.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"c{i}")));
        var always = routes.Any(r => r.Target.IsAlwaysIdentity) && !isStaging ? " overriding system value" : "";
        var command = new NpgsqlCommand(
            batchRows == 1
                ? $"insert into {table} ({columns}){always} values ({values})"
                : $"insert into {table} ({columns}){always} select {values} from unnest({arrays}) as u({names})",
            session.Connection);
        foreach (var _ in routes) command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text });
        session.Wait(command.PrepareAsync(CancellationToken.None));
        return command;
    }

    void Flush(NpgsqlCommand command)
    {
        Send(command, 0, _batch.Count);
        _batch.Clear();
        _characters = 0;
    }

    void Send(NpgsqlCommand command, int from, int to)
    {
        if (from == to) return;
        for (var i = 0; i < routes.Count; i++)
        {
            var column = i;
            command.Parameters[i].Value = batchRows == 1
                ? (object?)_batch[from].Values[i] ?? DBNull.Value
                : ValueTexts.Array(_batch.Skip(from).Take(to - from).Select(b => b.Values[column]));
        }
        // A transaction of its own for each row of a million would cost more than the rows: the row that ends a load is known without.
        var isKept = refuse is not null || batchRows > 1;
        if (isKept) session.Execute("savepoint quern_batch");
        try
        {
            Taken += session.Wait(command.ExecuteNonQueryAsync(CancellationToken.None));
            if (refuse is not null) session.Execute("set constraints all immediate");
            if (isKept) session.Execute("release savepoint quern_batch");
        }
        catch (PostgresException e) when (CopyLane.IsAboutRow(e))
        {
            if (isKept) session.Execute("rollback to savepoint quern_batch; release savepoint quern_batch");
            if (to - from == 1)
            {
                Refuse(CopyLane.Refused(e, _batch[from].Number, e.ColumnName), e);
                return;
            }
            var middle = from + ((to - from) / 2);
            Send(command, from, middle);
            Send(command, middle, to);
        }
    }

    void Refuse(RefusedRow row, Exception? cause)
    {
        if (refuse is null) throw new RefusedRowException(row, cause);
        refuse(row);
    }
}
