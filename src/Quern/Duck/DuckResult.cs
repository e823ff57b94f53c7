using Quern.Chunks;
using Quern.Duck.Native;

namespace Quern.Duck;

/// <summary>The rows of a statement, a chunk at a time.</summary>
/// <remarks>Belongs to its session's thread. Streaming: the query runs on while it is read, at most about 1 MB of rows
/// is kept ready. Reading allocates nothing a chunk or a row.</remarks>
public sealed unsafe class DuckResult : IDisposable
{
    // duckdb_result_type
    const int ChangedRows = 1;

    readonly DuckSession _session;
    readonly ResultHandle _handle;
    readonly string _sql;
    readonly CancellationTokenRegistration _interrupt;
    readonly CancellationToken _cancel;
    readonly Chunk _chunk;
    nint _native;
    bool _ended;
    bool _overtaken;
    bool _disposed;

    internal DuckResult(
        DuckSession session,
        ResultHandle handle,
        string sql,
        CancellationTokenRegistration interrupt,
        CancellationToken cancel)
    {
        _session = session;
        _handle = handle;
        _sql = sql;
        _interrupt = interrupt;
        _cancel = cancel;
        var result = handle.Result;
        IsStreaming = Capi.duckdb_result_is_streaming(*result);
        // DuckDB reads this off the one row of a kept result, without asking whether it is one.
        if (!IsStreaming && Capi.duckdb_result_return_type(*result) == ChangedRows)
            RowsChanged = (long)Capi.duckdb_rows_changed(result);
        var columns = new Column[Capi.duckdb_column_count(result)];
        for (var i = 0ul; i < (ulong)columns.Length; i++)
        {
            columns[i] = new Column(
                NativeText.Read(Capi.duckdb_column_name(result, i)),
                TypeHandle.Take(Capi.duckdb_column_logical_type(result, i)));
        }
        Schema = new Schema(columns);
        _chunk = new Chunk(Schema);
        // A kept result is complete: its token must not interrupt what the session does later.
        if (!IsStreaming) interrupt.Dispose();
    }

    /// <summary>Names and types of the columns.</summary>
    public Schema Schema { get; }

    /// <summary>True when rows are made while they are read; false when DuckDB has all of them (as after an
    /// INSERT).</summary>
    public bool IsStreaming { get; }

    /// <summary>Rows inserted, updated or deleted; 0 for other statements.</summary>
    public long RowsChanged { get; }

    /// <summary>The next chunk, valid until the next call; null after the last one.</summary>
    /// <exception cref="QuernException">The query failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">A later statement of the session has ended this streaming
    /// result.</exception>
    /// <exception cref="ObjectDisposedException">It or its session is disposed.</exception>
    public Chunk? Next()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_overtaken)
        {
            throw new InvalidOperationException(
                "a later statement of the session has ended this result: read it to its end first, or use a session of its own");
        }
        Return();
        if (_ended) return null;
        _cancel.ThrowIfCancellationRequested();
        _native = Capi.duckdb_fetch_chunk(*_handle.Result);
        var rows = _native == 0 ? 0 : (int)Capi.duckdb_data_chunk_get_size(_native);
        if (rows == 0)
        {
            End();
            return null;
        }
        NativeVectors.Point(_chunk, _native, rows);
        return _chunk;
    }

    /// <summary>Ends the query if it still runs, and frees its rows.</summary>
    public void Dispose()
    {
        _disposed = true;
        Free();
    }

    /// <summary>Frees everything because the session runs another statement; a kept result is not touched.</summary>
    internal void Overtake()
    {
        if (!IsStreaming || _ended) return;
        _overtaken = true;
        Free();
    }

    void Free()
    {
        Return();
        _interrupt.Dispose();
        _handle.Dispose();
        _session.Closed(this);
    }

    void End()
    {
        Return();
        _ended = true;
        _interrupt.Dispose();
        var error = Capi.duckdb_result_error(_handle.Result);
        if (error is not null) throw DuckStatement.Failed(NativeText.Read(error), _sql, _cancel);
    }

    void Return()
    {
        if (_native == 0) return;
        _chunk.Retire();
        fixed (nint* native = &_native) Capi.duckdb_destroy_data_chunk(native);
        _native = 0;
    }
}
