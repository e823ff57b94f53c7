using Quern.Chunks;
using Quern.Duck.Native;

namespace Quern.Duck;

/// <summary>Appends chunks to a table, or feeds them to a statement.</summary>
/// <remarks>Belongs to its session's thread. DuckDB gathers rows and writes them some 200,000 at a time, each time in a
/// transaction of its own unless one is open: begin one to have all rows or none. Dispose without
/// <see cref="Complete"/> drops what was not written yet.</remarks>
public sealed unsafe class DuckAppender : IDisposable
{
    readonly DuckSession _session;
    readonly AppenderHandle _handle;

    internal DuckAppender(DuckSession session, AppenderHandle handle)
    {
        _session = session;
        _handle = handle;
        var types = new LogicalType[Capi.duckdb_appender_column_count(handle)];
        for (var i = 0; i < types.Length; i++)
            types[i] = TypeHandle.Take(Capi.duckdb_appender_column_type(handle, (ulong)i));
        Types = types;
    }

    /// <summary>What the columns of a chunk must be or cast to.</summary>
    public IReadOnlyList<LogicalType> Types { get; }

    /// <summary>Rows taken so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Takes the rows of a chunk; the chunk can be cleared and filled again afterwards.</summary>
    /// <exception cref="QuernException">A value does not cast, a constraint does not hold, or the statement
    /// fails.</exception>
    public void Append(ChunkBuffer chunk)
    {
        _session.EndOpenResult();
        var rows = chunk.Writer.Rows;
        Check(Capi.duckdb_append_data_chunk(_handle, chunk.Handle.Pointer));
        Rows += rows;
    }

    /// <summary>Writes what was gathered so far.</summary>
    /// <inheritdoc cref="Append"/>
    public void Flush()
    {
        _session.EndOpenResult();
        Check(Capi.duckdb_appender_flush(_handle));
    }

    /// <summary>Writes the rest and ends; nothing can be appended any more.</summary>
    /// <returns>Rows taken in all.</returns>
    /// <inheritdoc cref="Append"/>
    public long Complete()
    {
        _session.EndOpenResult();
        Check(Capi.duckdb_appender_close(_handle));
        return Rows;
    }

    /// <summary>Frees it; rows that were not written are dropped.</summary>
    public void Dispose()
    {
        if (_handle.IsClosed) return;
        Capi.duckdb_appender_clear(_handle);
        _handle.Dispose();
    }

    /// <summary>The error of an appender that failed.</summary>
    internal static QuernException Failed(AppenderHandle handle)
    {
        var error = Capi.duckdb_appender_error_data(handle);
        try
        {
            var kind = Capi.duckdb_error_data_error_type(error);
            return DuckError.From(kind, NativeText.Read(Capi.duckdb_error_data_message(error)));
        }
        finally
        {
            Capi.duckdb_destroy_error_data(&error);
        }
    }

    void Check(NativeState state)
    {
        if (state == NativeState.Error) throw Failed(_handle);
    }
}
