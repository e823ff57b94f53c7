using Quern.Chunks;
using Quern.Duck.Native;

namespace Quern.Duck;

/// <summary>A connection: runs statements one after another.</summary>
/// <remarks>One thread at a time; only <see cref="Interrupt"/> may come from another. A streaming result is open until
/// it is read to its end, disposed, or overtaken by the next statement of the session, which ends it.</remarks>
public sealed unsafe class DuckSession : IDisposable
{
    readonly ConnectionHandle _handle;
    DuckResult? _open;

    internal DuckSession(ConnectionHandle handle) => _handle = handle;

    /// <summary>True when no statement can run any more.</summary>
    internal bool IsDisposed => _handle.IsClosed;

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
    /// <exception cref="QuernException">DuckDB refused or failed; statements before the failing one stay
    /// done.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired.</exception>
    public long Execute(string sql, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        EndOpenResult();
        nint pointer;
        var count = Capi.duckdb_extract_statements(Handle, sql, &pointer);
        using var extracted = new ExtractedHandle(pointer);
        if (count == 0 && Capi.duckdb_extract_statements_error(extracted) is var error && error is not null)
            throw DuckError.From(NativeText.Read(error), sql);
        var changed = 0L;
        for (var i = 0ul; i < count; i++)
        {
            nint prepared = 0;
            var state = Capi.duckdb_prepare_extracted_statement(Handle, extracted, i, &prepared);
            using var statement = new DuckStatement(this, Prepared(state, prepared, sql), sql);
            changed += statement.Execute(cancel);
        }
        return changed;
    }

    /// <summary>Runs one statement and streams its rows.</summary>
    /// <exception cref="QuernException">DuckDB refused or failed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired; it is watched until the result is
    /// disposed.</exception>
    public DuckResult Query(string sql, CancellationToken cancel = default)
    {
        using var statement = Prepare(sql);
        return statement.Query(cancel);
    }

    /// <summary>The first column of the first row; default when there is no row or it is NULL.</summary>
    /// <typeparam name="T">A type that the value has or converts to, such as <see cref="long"/>; <see cref="string"/>
    /// gives its text.</typeparam>
    /// <inheritdoc cref="DuckStatement.Scalar{T}"/>
    public T? Scalar<T>(string sql, CancellationToken cancel = default)
    {
        using var statement = Prepare(sql);
        return statement.Scalar<T>(cancel);
    }

    /// <summary>Parses and plans one statement; parameters are <c>?</c>, <c>$1</c> or <c>$name</c>.</summary>
    /// <exception cref="QuernException">It does not parse or bind, or there is more than one statement.</exception>
    /// <exception cref="OperationCanceledException">A table function was cancelled while it looked at what it is called with.</exception>
    public DuckStatement Prepare(string sql)
    {
        EndOpenResult();
        nint statement = 0;
        var state = Capi.duckdb_prepare(Handle, sql, &statement);
        return new DuckStatement(this, Prepared(state, statement, sql), sql);
    }

    /// <summary>Appends chunks to a table.</summary>
    /// <param name="table">Its name, not quoted.</param>
    /// <param name="schema">Its schema; null for the default one.</param>
    /// <param name="catalog">The attached database; null for the default one.</param>
    /// <exception cref="QuernException">There is no such table.</exception>
    public DuckAppender Append(string table, string? schema = null, string? catalog = null)
    {
        EndOpenResult();
        nint appender = 0;
        var state = Capi.duckdb_appender_create_ext(Handle, catalog, schema, table, &appender);
        return Appender(state, appender);
    }

    /// <summary>Feeds chunks to a statement, some 200,000 rows at a time.</summary>
    /// <param name="sql">An INSERT, UPDATE, DELETE or MERGE INTO that reads the table <paramref name="name"/>.</param>
    /// <param name="rows">Columns of the chunks.</param>
    /// <param name="name">What the statement calls them.</param>
    /// <exception cref="QuernException">The statement does not parse.</exception>
    public DuckAppender AppendInto(string sql, Schema rows, string name)
    {
        EndOpenResult();
        var types = TypeHandle.CreateAll(rows.Columns.Select(column => column.Type));
        try
        {
            using var names = new NativeNames([.. rows.Columns.Select(column => column.Name)]);
            var pointers = Array.ConvertAll(types, type => type.Pointer);
            nint appender = 0;
            NativeState state;
            fixed (nint* first = pointers)
                state = Capi.duckdb_appender_create_query(Handle, sql, (ulong)types.Length, first, name, names.Pointers, &appender);
            return Appender(state, appender);
        }
        finally
        {
            foreach (var type in types) type.Dispose();
        }
    }

    /// <summary>Makes a table function known to all sessions of the database, until it closes.</summary>
    /// <exception cref="ArgumentException">DuckDB does not take it: the name is taken, or a type cannot be a
    /// parameter.</exception>
    public void Register(TableFunction function)
    {
        EndOpenResult();
        // A result that was not read to its end keeps its transaction until the next statement, which would roll the function back.
        Execute("select 1");
        if (TableCallbacks.Register(Handle, function) == NativeState.Error)
            throw new ArgumentException($"DuckDB does not take the table function {function.Name}", nameof(function));
    }

    /// <summary>Value of a setting by DuckDB's name, as text.</summary>
    /// <exception cref="QuernException">There is no such setting.</exception>
    public string Setting(string name)
    {
        using var statement = Prepare("select current_setting($1)::varchar");
        statement.Bind(1, name);
        return statement.Scalar<string>() ?? "";
    }

    /// <summary>Changes a setting by DuckDB's name, for this session or, when it has no such scope, for the
    /// database.</summary>
    /// <exception cref="QuernException">There is no such setting, or it does not take the value.</exception>
    public void Set(string name, string value) => Execute($"set {Sql.Name(name)} = {Sql.Text(value)}");

    /// <summary>Measures every statement from now on, operator by operator; costs up to a fifth of the time (measured).</summary>
    public void StartProfiling() => Execute("set enable_profiling = 'no_output'; set profiling_coverage = 'ALL'");

    /// <summary>Measures of every statement from now on <see cref="DuckProfile.PeakTempBytes"/> only, which costs nothing that
    /// can be seen.</summary>
    public void StartSpillProfiling() => Execute(
        """
        set enable_profiling = 'no_output'; set profiling_coverage = 'ALL';
        set custom_profiling_settings = '{"SYSTEM_PEAK_TEMP_DIR_SIZE": "true"}'
        """);

    /// <summary>Stops measuring.</summary>
    public void StopProfiling() => Execute("pragma disable_profiling");

    /// <summary>What the last statement cost, once its result is read to the end; null when it was not
    /// measured.</summary>
    public DuckProfile? Profile() => ProfileReader.Read(Handle);

    /// <summary>Ends the statement that runs now, from any thread; nothing happens when none runs.</summary>
    public void Interrupt()
    {
        if (!_handle.IsClosed) Capi.duckdb_interrupt(_handle);
    }

    /// <summary>Closes the connection; an open result ends, an open transaction is rolled back.</summary>
    public void Dispose()
    {
        _open?.Dispose();
        _handle.Dispose();
    }

    /// <summary>DuckDB has one active result a connection: remember it, so that it ends before the next one
    /// starts.</summary>
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

    DuckAppender Appender(NativeState state, nint pointer)
    {
        var handle = new AppenderHandle(pointer);
        if (state == NativeState.Success) return new DuckAppender(this, handle);
        using (handle) throw DuckAppender.Failed(handle);
    }

    static StatementHandle Prepared(NativeState state, nint pointer, string sql)
    {
        var handle = new StatementHandle(pointer);
        if (state == NativeState.Success) return handle;
        using (handle)
        {
            throw handle.IsInvalid
                ? DuckError.From(DuckErrorKind.Internal, "INTERNAL Error: the statement cannot be prepared")
                : DuckStatement.Failed(NativeText.Read(Capi.duckdb_prepare_error(handle)), sql, CancellationToken.None);
        }
    }
}
