using Quern.Chunks;

namespace Quern.Duck.Native;

/// <summary>Points a <see cref="Chunk"/> at the memory of a <c>duckdb_data_chunk</c>.</summary>
/// <remarks>Chunks of results are flat: DuckDB copies streamed rows into new vectors and flattens kept ones.</remarks>
static unsafe class NativeVectors
{
    public static void Point(Chunk chunk, nint native, int rows)
    {
        var columns = chunk.Memory;
        for (var i = 0; i < columns.Length; i++)
            Point(columns[i], Capi.duckdb_data_chunk_get_vector(native, (ulong)i), rows);
        chunk.Rows = rows;
    }

    static void Point(VectorMemory memory, nint vector, int rows)
    {
        var type = memory.Type;
        memory.Point(
            type.Width == 0 ? null : Capi.duckdb_vector_get_data(vector), Capi.duckdb_vector_get_validity(vector), rows);
        switch (type.Kind)
        {
            case TypeKind.List or TypeKind.Map:
                var elements = (int)Capi.duckdb_list_vector_get_size(vector);
                Point(memory.Children[0], Capi.duckdb_list_vector_get_child(vector), elements);
                break;
            case TypeKind.Array:
                Point(memory.Children[0], Capi.duckdb_array_vector_get_child(vector), rows * type.Length);
                break;
            case TypeKind.Struct or TypeKind.Union:
                for (var i = 0; i < memory.Children.Length; i++)
                    Point(memory.Children[i], Capi.duckdb_struct_vector_get_child(vector, (ulong)i), rows);
                break;
        }
    }
}
