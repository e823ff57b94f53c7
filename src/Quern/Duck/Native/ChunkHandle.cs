using Microsoft.Win32.SafeHandles;
using Quern.Chunks;

namespace Quern.Duck.Native;

/// <summary>Owns a <c>duckdb_data_chunk</c> of 2,048 rows.</summary>
sealed unsafe class ChunkHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public ChunkHandle(Schema schema) : base(ownsHandle: true)
    {
        var types = TypeHandle.CreateAll(schema.Columns.Select(column => column.Type));
        var pointers = Array.ConvertAll(types, type => type.Pointer);
        fixed (nint* first = pointers) SetHandle(Capi.duckdb_create_data_chunk(first, (ulong)types.Length));
        foreach (var type in types) type.Dispose();
        if (IsInvalid) throw new ArgumentException($"no chunk can hold {schema}", nameof(schema));
    }

    /// <summary>The chunk; this handle must outlive its use.</summary>
    public nint Pointer => handle;

    protected override bool ReleaseHandle()
    {
        var chunk = handle;
        Capi.duckdb_destroy_data_chunk(&chunk);
        return true;
    }
}
