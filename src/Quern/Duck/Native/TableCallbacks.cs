using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quern.Chunks;

namespace Quern.Duck.Native;

/// <summary>What DuckDB calls for a <see cref="TableFunction"/>. Our objects travel through DuckDB as handles, which
/// DuckDB gives back to be freed.</summary>
/// <remarks>No exception may leave a callback: it is told to DuckDB as a text, see
/// <see cref="CallbackFaults"/>.</remarks>
static unsafe class TableCallbacks
{
    /// <summary>Registers a function with the database of a connection.</summary>
    public static NativeState Register(ConnectionHandle connection, TableFunction function)
    {
        var native = Capi.duckdb_create_table_function();
        try
        {
            Capi.duckdb_table_function_set_name(native, function.Name);
            foreach (var type in function.Parameters)
            {
                using var handle = TypeHandle.Create(type);
                Capi.duckdb_table_function_add_parameter(native, handle.Pointer);
            }
            foreach (var (name, type) in function.NamedParameters)
            {
                using var handle = TypeHandle.Create(type);
                Capi.duckdb_table_function_add_named_parameter(native, name, handle.Pointer);
            }
            Capi.duckdb_table_function_set_extra_info(native, Hold(function), &Free);
            Capi.duckdb_table_function_set_bind(native, &Bind);
            Capi.duckdb_table_function_set_init(native, &Init);
            Capi.duckdb_table_function_set_local_init(native, &LocalInit);
            Capi.duckdb_table_function_set_function(native, &Fill);
            Capi.duckdb_table_function_supports_projection_pushdown(native, 1);
            return Capi.duckdb_register_table_function(connection, native);
        }
        finally
        {
            Capi.duckdb_destroy_table_function(&native);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Bind(nint info)
    {
        try
        {
            var function = Held<TableFunction>(Capi.duckdb_bind_get_extra_info(info));
            var positional = new object?[Capi.duckdb_bind_get_parameter_count(info)];
            for (var i = 0; i < positional.Length; i++)
                positional[i] = NativeValue.Take(Capi.duckdb_bind_get_parameter(info, (ulong)i));
            var named = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, _) in function.NamedParameters)
            {
                var value = Capi.duckdb_bind_get_named_parameter(info, name);
                if (value != 0) named[name] = NativeValue.Take(value);
            }
            var source = function.Bind(new TableArguments(positional, named));
            Capi.duckdb_bind_set_bind_data(info, Hold(source), &Free);
            foreach (var (name, type) in source.Schema.Columns)
            {
                using var handle = TypeHandle.Create(type);
                Capi.duckdb_bind_add_result_column(info, name, handle.Pointer);
            }
            if (source.EstimatedRows is { } rows)
                Capi.duckdb_bind_set_cardinality(info, (ulong)rows, source.EstimateIsExact ? (byte)1 : (byte)0);
        }
        catch (Exception exception)
        {
            Capi.duckdb_bind_set_error(info, CallbackFaults.Keep(exception));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Init(nint info)
    {
        try
        {
            var source = Held<TableSource>(Capi.duckdb_init_get_bind_data(info));
            var columns = new int[Capi.duckdb_init_get_column_count(info)];
            for (var i = 0; i < columns.Length; i++) columns[i] = (int)Capi.duckdb_init_get_column_index(info, (ulong)i);
            var scan = source.Scan(columns);
            var schema = new Schema([.. columns.Select(column => source.Schema[column])]);
            Capi.duckdb_init_set_init_data(info, Hold(new Run(scan, schema)), &Free);
            Capi.duckdb_init_set_max_threads(info, (ulong)scan.MaxThreads);
        }
        catch (Exception exception)
        {
            Capi.duckdb_init_set_error(info, CallbackFaults.Keep(exception));
        }
    }

    // DuckDB does not show the scan here: the reader is opened by the first call of the thread.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void LocalInit(nint info) => Capi.duckdb_init_set_init_data(info, Hold(new Local()), &Free);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Fill(nint info, nint output)
    {
        try
        {
            var local = Held<Local>(Capi.duckdb_function_get_local_init_data(info));
            local.Fill(Held<Run>(Capi.duckdb_function_get_init_data(info)), output);
        }
        catch (Exception exception)
        {
            Capi.duckdb_function_set_error(info, CallbackFaults.Keep(exception));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Free(nint data)
    {
        var handle = GCHandle.FromIntPtr(data);
        var target = handle.Target as IDisposable;
        handle.Free();
        try
        {
            target?.Dispose();
        }
        catch (Exception exception)
        {
            // Nobody can be told here; the query has its rows already.
            System.Diagnostics.Debug.Fail(exception.ToString());
        }
    }

    static nint Hold(object value) => GCHandle.ToIntPtr(GCHandle.Alloc(value));

    static T Held<T>(nint data) where T : class => Unsafe.As<T>(GCHandle.FromIntPtr(data).Target!);

    /// <summary>A scan with what its chunks look like.</summary>
    sealed class Run(TableScan scan, Schema schema) : IDisposable
    {
        public TableReader Open() => scan.Open();

        public ChunkWriter Writer() => new(schema);

        public void Dispose() => scan.Dispose();
    }

    /// <summary>A thread's part of a scan.</summary>
    sealed class Local : IDisposable
    {
        TableReader? _reader;
        ChunkWriter? _writer;

        public void Fill(Run run, nint output)
        {
            _reader ??= run.Open();
            _writer ??= run.Writer();
            _writer.Point(output);
            _writer.Rows = 0;
            try
            {
                _reader.Fill(_writer);
            }
            finally
            {
                _writer.Retire();
            }
        }

        public void Dispose() => _reader?.Dispose();
    }
}
