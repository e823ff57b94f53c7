using Microsoft.Win32.SafeHandles;
using Quern.Chunks;

namespace Quern.Duck.Native;

/// <summary>Owns a <c>duckdb_logical_type</c>, and converts between it and <see cref="LogicalType"/>.</summary>
sealed unsafe class TypeHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    TypeHandle(nint type) : base(ownsHandle: true) => SetHandle(type);

    /// <summary>The pointer, for calls that copy the type; this handle must outlive the call.</summary>
    public nint Pointer => handle;

    /// <summary>Reads a type that DuckDB handed over, and frees it.</summary>
    public static LogicalType Take(nint type)
    {
        using var owner = new TypeHandle(type);
        return owner.Read();
    }

    /// <summary>DuckDB's form of a type.</summary>
    public static TypeHandle Create(LogicalType type)
    {
        DuckLibrary.Load();
        TypeHandle handle;
        switch (type.Kind)
        {
            case TypeKind.Decimal:
                handle = new TypeHandle(Capi.duckdb_create_decimal_type((byte)type.Precision, (byte)type.Scale));
                break;
            case TypeKind.Enum:
                using (var names = new NativeNames(type.EnumNames))
                    handle = new TypeHandle(Capi.duckdb_create_enum_type(names.Pointers, (ulong)names.Count));
                break;
            case TypeKind.List:
                using (var element = Create(type.Element!))
                    handle = new TypeHandle(Capi.duckdb_create_list_type(element.Pointer));
                break;
            case TypeKind.Array:
                using (var element = Create(type.Element!))
                    handle = new TypeHandle(Capi.duckdb_create_array_type(element.Pointer, (ulong)type.Length));
                break;
            case TypeKind.Map:
                using (var key = Create(type.Element!.Fields[0].Type))
                using (var value = Create(type.Element.Fields[1].Type))
                    handle = new TypeHandle(Capi.duckdb_create_map_type(key.Pointer, value.Pointer));
                break;
            case TypeKind.Struct or TypeKind.Union:
                handle = CreateFields(type);
                break;
            default:
                handle = new TypeHandle(Capi.duckdb_create_logical_type((int)type.Kind));
                break;
        }
        if (type.Alias is not null) Capi.duckdb_logical_type_set_alias(handle.Pointer, type.Alias);
        return handle;
    }

    /// <summary>DuckDB's form of many types; the array dies with the handles in it.</summary>
    public static TypeHandle[] CreateAll(IEnumerable<LogicalType> types) => [.. types.Select(Create)];

    protected override bool ReleaseHandle()
    {
        var type = handle;
        Capi.duckdb_destroy_logical_type(&type);
        return true;
    }

    static TypeHandle CreateFields(LogicalType type)
    {
        var fields = CreateAll(type.Fields.Select(field => field.Type));
        try
        {
            using var names = new NativeNames([.. type.Fields.Select(field => field.Name)]);
            var pointers = Array.ConvertAll(fields, field => field.Pointer);
            fixed (nint* types = pointers)
            {
                return new TypeHandle(type.Kind == TypeKind.Struct
                    ? Capi.duckdb_create_struct_type(types, names.Pointers, (ulong)fields.Length)
                    : Capi.duckdb_create_union_type(types, names.Pointers, (ulong)fields.Length));
            }
        }
        finally
        {
            foreach (var field in fields) field.Dispose();
        }
    }

    LogicalType Read()
    {
        var kind = (TypeKind)Capi.duckdb_get_type_id(handle);
        var type = kind switch
        {
            TypeKind.Decimal => LogicalType.Decimal(Capi.duckdb_decimal_width(handle), Capi.duckdb_decimal_scale(handle)),
            TypeKind.Enum => LogicalType.Enum(ReadEnumNames()),
            TypeKind.List => LogicalType.List(Take(Capi.duckdb_list_type_child_type(handle))),
            TypeKind.Array => LogicalType.Array(
                Take(Capi.duckdb_array_type_child_type(handle)), (int)Capi.duckdb_array_type_array_size(handle)),
            TypeKind.Map => LogicalType.Map(
                Take(Capi.duckdb_map_type_key_type(handle)), Take(Capi.duckdb_map_type_value_type(handle))),
            TypeKind.Struct => LogicalType.Struct(ReadFields()),
            TypeKind.Union => LogicalType.Union(ReadMembers()),
            _ => LogicalType.Of(kind),
        };
        return NativeText.Take(Capi.duckdb_logical_type_get_alias(handle)) is { } alias ? type.Named(alias) : type;
    }

    string[] ReadEnumNames()
    {
        var names = new string[Capi.duckdb_enum_dictionary_size(handle)];
        for (var i = 0; i < names.Length; i++)
            names[i] = NativeText.Take(Capi.duckdb_enum_dictionary_value(handle, (ulong)i))!;
        return names;
    }

    Column[] ReadFields()
    {
        var fields = new Column[Capi.duckdb_struct_type_child_count(handle)];
        for (var i = 0ul; i < (ulong)fields.Length; i++)
        {
            fields[i] = new Column(
                NativeText.Take(Capi.duckdb_struct_type_child_name(handle, i)) ?? "",
                Take(Capi.duckdb_struct_type_child_type(handle, i)));
        }
        return fields;
    }

    Column[] ReadMembers()
    {
        var members = new Column[Capi.duckdb_union_type_member_count(handle)];
        for (var i = 0ul; i < (ulong)members.Length; i++)
        {
            members[i] = new Column(
                NativeText.Take(Capi.duckdb_union_type_member_name(handle, i)) ?? "",
                Take(Capi.duckdb_union_type_member_type(handle, i)));
        }
        return members;
    }
}
