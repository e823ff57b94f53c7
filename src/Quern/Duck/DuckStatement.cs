using System.Globalization;
using Quern.Chunks;
using Quern.Duck.Native;

namespace Quern.Duck;

/// <summary>A prepared statement: bind its parameters, run it, bind and run again.</summary>
/// <remarks>Belongs to its session's thread. Bindings stay until they are replaced or
/// <see cref="ClearBindings"/>.</remarks>
public sealed unsafe partial class DuckStatement : IDisposable
{
    readonly DuckSession _session;
    readonly StatementHandle _handle;
    readonly string _sql;

    internal DuckStatement(DuckSession session, StatementHandle handle, string sql)
    {
        _session = session;
        _handle = handle;
        _sql = sql;
    }

    /// <summary>How many parameters it has.</summary>
    public int ParameterCount => (int)Capi.duckdb_nparams(_handle);

    /// <summary>Reads the columns that it will give, without running it; types that depend on a parameter are
    /// <see cref="TypeKind.Invalid"/>.</summary>
    public Schema Describe()
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        var columns = new Column[Capi.duckdb_prepared_statement_column_count(_handle)];
        for (var i = 0ul; i < (ulong)columns.Length; i++)
        {
            columns[i] = new Column(
                NativeText.Take(Capi.duckdb_prepared_statement_column_name(_handle, i)) ?? "",
                TypeHandle.Take(Capi.duckdb_prepared_statement_column_logical_type(_handle, i)));
        }
        return new Schema(columns);
    }

    /// <summary>Runs it and streams its rows.</summary>
    /// <exception cref="QuernException">DuckDB failed, or a parameter is not bound.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired; it is watched until the result is
    /// disposed.</exception>
    public DuckResult Query(CancellationToken cancel = default) => Run(streaming: true, cancel);

    /// <summary>Runs it to its end and keeps its rows inside the memory limit: other statements of the session may run
    /// while it is read.</summary>
    /// <inheritdoc cref="Query"/>
    public DuckResult QueryAll(CancellationToken cancel = default) => Run(streaming: false, cancel);

    /// <summary>Runs it and drops its rows.</summary>
    /// <returns>Rows inserted, updated or deleted.</returns>
    /// <inheritdoc cref="Query"/>
    public long Execute(CancellationToken cancel = default)
    {
        using var result = Run(streaming: true, cancel);
        while (result.Next() is not null)
        {
        }
        return result.RowsChanged;
    }

    /// <summary>Runs it and takes the first column of the first row; default when there is no row or it is
    /// NULL.</summary>
    /// <typeparam name="T">The type that <see cref="Vector.GetValue"/> gives, one that it converts to, or
    /// <see cref="string"/> for the text.</typeparam>
    /// <exception cref="OverflowException">The value does not fit.</exception>
    /// <inheritdoc cref="Query"/>
    public T? Scalar<T>(CancellationToken cancel = default)
    {
        using var result = Run(streaming: true, cancel);
        if (result.Next() is not { } chunk || chunk[0].IsNull(0)) return default;
        if (typeof(T) == typeof(string)) return (T)(object)ValueText.Read(chunk[0], 0);
        return chunk[0].GetValue(0) switch
        {
            T fits => fits,
            // What sum() gives; IConvertible does not know it.
            Int128 value => To<T>(checked((long)value)),
            UInt128 value => To<T>(checked((ulong)value)),
            var value => To<T>(value!),
        };
    }

    /// <summary>Frees it; results it gave stay open.</summary>
    public void Dispose() => _handle.Dispose();

    static T To<T>(object value) =>
        (T)Convert.ChangeType(value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture);

    DuckResult Run(bool streaming, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed || _session.IsDisposed, this);
        cancel.ThrowIfCancellationRequested();
        _session.EndOpenResult();
        var interrupt = cancel.UnsafeRegister(static session => ((DuckSession)session!).Interrupt(), _session);
        ResultHandle? result = null;
        try
        {
            nint pointer = 0;
            var state = streaming
                ? Capi.duckdb_pending_prepared_streaming(_handle, &pointer)
                : Capi.duckdb_pending_prepared(_handle, &pointer);
            using var pending = new PendingHandle(pointer);
            if (state == NativeState.Error) throw Failed(NativeText.Read(Capi.duckdb_pending_error(pending)), _sql, cancel);

            // DuckDB forgets an interrupt when a statement starts: one that came before is repeated here.
            if (cancel.IsCancellationRequested) _session.Interrupt();
            Advance(pending);
            result = new ResultHandle();
            if (Capi.duckdb_execute_pending(pending, result.Result) == NativeState.Error)
                throw Failed(NativeText.Read(Capi.duckdb_result_error(result.Result)), _sql, cancel);
            var reader = new DuckResult(_session, result, _sql, interrupt, cancel);
            _session.Opened(reader);
            return reader;
        }
        catch
        {
            result?.Dispose();
            interrupt.Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement up to its first rows. DuckDB itself would ask for tasks without a pause while others work, which
    /// takes a processor from them.</summary>
    static void Advance(PendingHandle pending)
    {
        const int TriesBeforeSleep = 30;
        var idle = new SpinWait();
        while (true)
        {
            switch (Capi.duckdb_pending_execute_task(pending))
            {
                case PendingState.NoTasksAvailable: idle.SpinOnce(TriesBeforeSleep); break;
                case PendingState.ResultNotReady: idle.Reset(); break;
                default: return;
            }
        }
    }

    /// <summary>The exception for a message of DuckDB, which is a cancellation when it was asked for.</summary>
    internal static Exception Failed(string message, string sql, CancellationToken cancel)
    {
        if (CallbackFaults.Find(message) is OperationCanceledException ours) return ours;
        var error = DuckError.From(message, sql);
        return cancel.IsCancellationRequested && error.Fault is DuckFault { Kind: DuckErrorKind.Interrupt }
            ? new OperationCanceledException("the statement was cancelled", error, cancel)
            : error;
    }
}
