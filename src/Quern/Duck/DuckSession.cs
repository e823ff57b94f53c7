using Quern.Duck.Native;

namespace Quern.Duck;

/// <summary>A connection: runs statements one after another.</summary>
/// <remarks>One thread at a time; only <see cref="Interrupt"/> may come from another. A streaming result is open until it is read
/// to its end, disposed, or overtaken by the next statement of the session, which ends it.</remarks>
public sealed unsafe class DuckSession : IDisposable
{
    readonly ConnectionHandle _handle;
    DuckResult? _open;

    internal DuckSession(ConnectionHandle handle) => _handle = handle;

    /// <summary>The connection, for the other classes of this folder.</summary>
    internal ConnectionHandle Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            return _handle;
        }
    }

    /// <summary>Runs one or many statements and drops their rows.</summary>
    /// <returns>Rows inserted, updated and deleted by all of them.</returns>
    /// <exception cref="QuernException">DuckDB refused or failed; statements before the failing one stay done.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired.</exception>
    public long Execute(string sql, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        EndOpenResult();
        nint pointer;
        var count = Capi.duckdb_extract_statements(Handle, sql, &pointer);
        using var extracted = new ExtractedHandle(pointer);
        if (count == 0 && Capi.duckdb_extract_statements_error(extracted) is var error && error is not null)
            throw DuckError.From(NativeText.Read(error));
        var changed = 0L;
        for (var i = 0ul; i < count; i++)
        {
            nint prepared = 0;
            var state = Capi.duckdb_prepare_extracted_statement(Handle, extracted, i, &prepared);
            using var statement = new DuckStatement(this, Prepared(state, prepared));
            changed += statement.Execute(cancel);
        }
        return changed;
    }

    /// <summary>Runs one statement and streams its rows.</summary>
    /// <exception cref="QuernException">DuckDB refused or failed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired; it is watched until the result is disposed.</exception>
    public DuckResult Query(string sql, CancellationToken cancel = default)
    {
        using var statement = Prepare(sql);
        return statement.Query(cancel);
    }

    /// <summary>The first column of the first row; default when there is no row or it is NULL.</summary>
    /// <typeparam name="T">A type that the value has or converts to, such as <see cref="long"/> or <see cref="string"/>.</typeparam>
    public T? Scalar<T>(string sql, CancellationToken cancel = default)
    {
        using var statement = Prepare(sql);
        return statement.Scalar<T>(cancel);
    }

    /// <summary>Parses and plans one statement; parameters are <c>?</c>, <c>$1</c> or <c>$name</c>.</summary>
    /// <exception cref="QuernException">It does not parse or bind, or there is more than one statement.</exception>
    public DuckStatement Prepare(string sql)
    {
        EndOpenResult();
        nint statement = 0;
        var state = Capi.duckdb_prepare(Handle, sql, &statement);
        return new DuckStatement(this, Prepared(state, statement));
    }

    /// <summary>Ends the statement that runs now, from any thread; nothing happens when none runs.</summary>
    public void Interrupt()
    {
        if (!_handle.IsClosed) Capi.duckdb_interrupt(_handle);
    }

    /// <summary>Closes the connection; an open result ends, an open transaction is rolled back.</summary>
    public void Dispose()
    {
        EndOpenResult();
        _handle.Dispose();
    }

    /// <summary>DuckDB has one active result a connection: remember it, so that it ends before the next one starts.</summary>
    internal void Opened(DuckResult result) => _open = result;

    /// <summary>A result is disposed: nothing is open any more.</summary>
    internal void Closed(DuckResult result)
    {
        if (ReferenceEquals(_open, result)) _open = null;
    }

    /// <summary>Ends the streaming result that is open, if any.</summary>
    internal void EndOpenResult()
    {
        var open = _open;
        _open = null;
        open?.Overtake();
    }

    static StatementHandle Prepared(NativeState state, nint pointer)
    {
        var handle = new StatementHandle(pointer);
        if (state == NativeState.Success) return handle;
        using (handle)
        {
            throw DuckError.From(handle.IsInvalid
                ? "INTERNAL Error: the statement cannot be prepared"
                : NativeText.Read(Capi.duckdb_prepare_error(handle)));
        }
    }
}
