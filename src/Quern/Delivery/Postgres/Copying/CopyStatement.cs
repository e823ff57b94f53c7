using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Quern.Delivery.Postgres.Sessions;

namespace Quern.Delivery.Postgres.Copying;

/// <summary>A COPY BINARY into a table: header, rows, trailer (PostgreSQL 15 manual, COPY, binary format).</summary>
sealed partial class CopyStatement : IDisposable
{
    /// <summary>Stands in front of the rows.</summary>
    public static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Stands behind them.</summary>
    public static readonly byte[] Trailer = [0xFF, 0xFF];

    readonly PostgresSession _session;
    readonly NpgsqlRawCopyStream _stream;
    bool _isOver;

    /// <summary>Begins it.</summary>
    /// <param name="session">Where.</param>
    /// <param name="into">Table and columns, quoted.</param>
    public CopyStatement(PostgresSession session, string into)
    {
        _session = session;
        _stream = session.Wait(session.Connection.BeginRawBinaryCopyAsync($"copy {into} from stdin (format binary)", CancellationToken.None));
        Write(Header);
    }

    /// <summary>Sends whole rows.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public void Write(ReadOnlyMemory<byte> rows)
    {
        var write = _stream.WriteAsync(rows, CancellationToken.None);
        if (write.IsCompletedSuccessfully) write.GetAwaiter().GetResult();
        else _session.Wait(write.AsTask());
    }

    /// <summary>Ends it; the server has taken all rows then.</summary>
    /// <exception cref="PostgresException">It has not.</exception>
    public void Complete()
    {
        _isOver = true;
        try
        {
            Write(Trailer);
        }
        catch
        {
            Cancel();
            throw;
        }
        _session.Wait(_stream.DisposeAsync().AsTask());
    }

    /// <summary>Which row of the statement, from 0, an error is about, and in which column; -1 when the server does not say.</summary>
    public static (long Row, string? Column) Place(PostgresException e)
    {
        // Rows are put into pages many at a time: of one that is too large for a page, the line that was read last is told.
        if (e.Routine == "RelationGetBufferForTuple") return (-1, null);
        // "COPY goods, line 3, column price: ...", the first line of the context that begins so.
        if (Line().Match(e.Where ?? "") is not { Success: true } match) return (-1, null);
        var column = match.Groups[2].Success ? match.Groups[2].Value : e.ColumnName;
        return (long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) - 1, column);
    }

    /// <summary>Without <see cref="Complete"/>: the server forgets the rows.</summary>
    public void Dispose()
    {
        if (_isOver) return;
        _isOver = true;
        Cancel();
    }

    void Cancel()
    {
        // With a server that is silent, or when the run is stopped, the end of the connection ends it.
        if (_session.IsLost || _session.IsStopped) return;
        try
        {
            _stream.Cancel();
        }
        catch (Exception e) when (e is NpgsqlException or IOException or ObjectDisposedException or OperationCanceledException
            or InvalidOperationException)
        {
            // The connection is gone, and with it the statement.
        }
    }

    [GeneratedRegex(@"(?:^|\n)COPY .*?, line (\d+)(?:, column ([^\n]+?))?(?:: [^\n]*)?(?=\n|$)")]
    private static partial Regex Line();
}
