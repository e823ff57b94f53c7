using Npgsql;
using Quern.Delivery.Postgres.Sessions;

namespace Quern.Delivery.Postgres.Copying;

/// <summary>Takes blocks as they come and copies them over a connection of its own.</summary>
/// <remarks>The driver hears of an error only when a COPY ends: so one ends every <see cref="StatementBytes"/>, which costs nothing that
/// can be measured, and an error stops a load early. Where rows are set aside, each block is a COPY of its own behind a savepoint: of a
/// block that fails, the rows in front of the bad one are sent again, and those behind it in pieces that grow while they succeed and are
/// halved when they fail; a piece whose error names no row is halved until it is one.</remarks>
/// <param name="session">The connection; in a transaction, or not when the table is a staging table.</param>
/// <param name="into">Table and columns, quoted.</param>
/// <param name="refuse">Told of a row that the server does not take; throws when no more are to be set aside. Null: the first one ends the
/// load.</param>
sealed class CopyLane(PostgresSession session, string into, Action<RefusedRow>? refuse) : IDisposable
{
    const long StatementBytes = 32 << 20;

    readonly List<(long First, long Number, int Rows)> _sent = [];
    CopyStatement? _statement;
    long _bytes;
    long _rows;

    /// <summary>Rows that the server has taken.</summary>
    public long Taken { get; private set; }

    /// <summary>Rows in the table that the server has counted, those of blocks that were taken back as well; asked around each block that
    /// is sent behind a savepoint, where triggers may keep rows away. Default: null, what is taken is there.</summary>
    public Func<long>? Counted { get; init; }

    /// <summary>Copies a block.</summary>
    /// <exception cref="RefusedRowException">The server does not take a row.</exception>
    public void Send(Block block)
    {
        if (refuse is not null)
        {
            SendCarefully(block, block.Starts(), 0, block.Rows);
            return;
        }
        if (_statement is null)
        {
            (_bytes, _rows) = (0, 0);
            _sent.Clear();
            _statement = new CopyStatement(session, into);
        }
        if (block.Rows == 0) return;
        // No row was set aside, so those of a block follow each other.
        _sent.Add((_rows, block.Number(0), block.Rows));
        _rows += block.Rows;
        _bytes += block.Buffer.Length;
        _statement.Write(block.Buffer.Memory);
        if (_bytes >= StatementBytes) Complete();
    }

    /// <summary>Ends what is open.</summary>
    /// <exception cref="RefusedRowException">The server does not take a row.</exception>
    public void Complete()
    {
        if (_statement is null) return;
        var statement = _statement;
        _statement = null;
        try
        {
            statement.Complete();
            Taken += _rows;
        }
        catch (PostgresException e) when (IsAboutRow(e))
        {
            var (row, column) = CopyStatement.Place(e);
            throw new RefusedRowException(Refused(e, row < 0 ? -1 : NumberOf(row), column), e);
        }
    }

    /// <summary>Lets go of what is open; the server forgets it.</summary>
    public void Dispose()
    {
        _statement?.Dispose();
        _statement = null;
    }

    void SendCarefully(Block block, int[] starts, int from, int to)
    {
        var piece = to - from;
        while (from < to)
        {
            var end = Math.Min(to, from + piece);
            var before = Counted?.Invoke();
            if (Try(block, starts, from, end) is not { } e)
            {
                Taken += Counted?.Invoke() - before ?? end - from;
                from = end;
                piece *= 2;
                continue;
            }
            piece = Math.Max(1, (end - from) / 2);
            var (row, column) = CopyStatement.Place(e);
            // A line behind the rows that were sent is that of no row.
            if (row >= end - from) row = -1;
            if (row < 0 && end - from > 1) continue;
            var bad = row < 0 ? from : from + (int)row;
            if (bad > from) SendCarefully(block, starts, from, bad);
            refuse!(Refused(e, block.Number(bad), column));
            from = bad + 1;
        }
    }

    PostgresException? Try(Block block, int[] starts, int from, int to)
    {
        session.Execute("savepoint quern_block");
        try
        {
            using var statement = new CopyStatement(session, into);
            statement.Write(block.Buffer.Memory[starts[from]..starts[to]]);
            statement.Complete();
            // What is checked at the end of the transaction is checked now, while the row can be told.
            session.Execute("set constraints all immediate; release savepoint quern_block");
            return null;
        }
        catch (PostgresException e) when (IsAboutRow(e))
        {
            session.Execute("rollback to savepoint quern_block; release savepoint quern_block");
            return e;
        }
    }

    /// <summary>Whether an error is about a row, and not about the statement or the connection.</summary>
    public static bool IsAboutRow(PostgresException e) =>
        e.SqlState is ['2', '2', ..] or ['2', '3', ..] or "54000" or "P0001" or "44000"
        // PostGIS says so of shapes; the server itself says so of its own trouble, and then names no column.
        || (e.SqlState == "XX000"
            && (CopyStatement.Place(e).Column is not null || e.File?.StartsWith("lwgeom", StringComparison.Ordinal) == true));

    /// <summary>What an error says of a row.</summary>
    public static RefusedRow Refused(PostgresException e, long number, string? column) => new(
        number, column ?? e.ColumnName, "QN8285", e.Detail is { } detail ? $"{e.MessageText}; {detail}" : e.MessageText, null,
        e.SqlState == "22021" || e.SqlState == "22P05" ? ["--on-nul strip     leaves NUL characters out"] : null);

    long NumberOf(long row)
    {
        for (var i = _sent.Count - 1; i >= 0; i--)
            if (_sent[i].First <= row && row - _sent[i].First < _sent[i].Rows) return _sent[i].Number + (row - _sent[i].First);
        return -1;
    }
}
