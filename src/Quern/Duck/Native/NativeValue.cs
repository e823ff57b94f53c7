using Microsoft.Win32.SafeHandles;
using Quern.Chunks;

namespace Quern.Duck.Native;

/// <summary>Owns a <c>duckdb_value</c>.</summary>
sealed unsafe class NativeValue : SafeHandleZeroOrMinusOneIsInvalid
{
    NativeValue(nint value) : base(ownsHandle: true) => SetHandle(value);

    /// <summary>Reads a value that DuckDB handed over, and frees it; null for none.</summary>
    /// <remarks>Whole numbers as <see cref="long"/> or <see cref="ulong"/>, floats and decimals as
    /// <see cref="double"/>, lists as arrays, structs as dictionaries by field, maps as dictionaries by the text of the
    /// key, all else as its text.</remarks>
    public static object? Take(nint value)
    {
        using var owner = new NativeValue(value);
        if (owner.IsInvalid || Capi.duckdb_is_null_value(value) != 0) return null;
        var type = Capi.duckdb_get_value_type(value);
        return (TypeKind)Capi.duckdb_get_type_id(type) switch
        {
            TypeKind.Boolean => Capi.duckdb_get_bool(value) != 0,
            TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer or TypeKind.BigInt or TypeKind.UTinyInt or
                TypeKind.USmallInt or TypeKind.UInteger => Capi.duckdb_get_int64(value),
            TypeKind.UBigInt => Capi.duckdb_get_uint64(value),
            TypeKind.Float or TypeKind.Double or TypeKind.Decimal => Capi.duckdb_get_double(value),
            TypeKind.List => Elements(value),
            TypeKind.Struct => Fields(value, type),
            TypeKind.Map => Entries(value),
            _ => NativeText.Take(Capi.duckdb_get_varchar(value)),
        };
    }

    protected override bool ReleaseHandle()
    {
        var value = handle;
        Capi.duckdb_destroy_value(&value);
        return true;
    }

    static object?[] Elements(nint value)
    {
        var elements = new object?[Capi.duckdb_get_list_size(value)];
        for (var i = 0; i < elements.Length; i++) elements[i] = Take(Capi.duckdb_get_list_child(value, (ulong)i));
        return elements;
    }

    static Dictionary<string, object?> Fields(nint value, nint type)
    {
        var fields = new Dictionary<string, object?>();
        for (var i = 0ul; i < Capi.duckdb_struct_type_child_count(type); i++)
        {
            var name = NativeText.Take(Capi.duckdb_struct_type_child_name(type, i));
            fields[name!] = Take(Capi.duckdb_get_struct_child(value, i));
        }
        return fields;
    }

    static Dictionary<string, object?> Entries(nint value)
    {
        var entries = new Dictionary<string, object?>();
        for (var i = 0ul; i < Capi.duckdb_get_map_size(value); i++)
            entries[$"{Take(Capi.duckdb_get_map_key(value, i))}"] = Take(Capi.duckdb_get_map_value(value, i));
        return entries;
    }
}
