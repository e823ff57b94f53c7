using System.Runtime.InteropServices;
using Quern.Chunks;

namespace Quern.Duck.Native;

/// <summary>A DuckDB vector that is being filled: its pointers, read once a filling, and the same for its
/// children.</summary>
sealed unsafe class WritableVector
{
    /// <summary>Bytes of a text that are copied faster than the runtime lets go of a thread and takes it back.</summary>
    const int QuicklyCopied = 4096;

    readonly WritableVector[] _children;
    nint _vector;
    byte* _data;
    ulong* _validity;
    int _elements;

    public WritableVector(LogicalType type)
    {
        Type = type;
        _children = type.Kind switch
        {
            TypeKind.List or TypeKind.Map or TypeKind.Array => [new WritableVector(type.Element!)],
            TypeKind.Struct => [.. type.Fields.Select(field => new WritableVector(field.Type))],
            TypeKind.Union =>
            [
                new WritableVector(LogicalType.Of(TypeKind.UTinyInt)),
                .. type.Fields.Select(field => new WritableVector(field.Type)),
            ],
            _ => [],
        };
    }

    public LogicalType Type { get; }

    /// <summary>Rows that fit.</summary>
    public int Capacity { get; private set; }

    public WritableVector Child(int index) => _children[index];

    /// <summary>Takes a vector to fill from its first row, or (not <paramref name="fresh"/>) the same one after its
    /// memory has moved.</summary>
    public void Point(nint vector, int capacity, bool fresh = true)
    {
        _vector = vector;
        if (fresh) _elements = 0;
        Capacity = capacity;
        _data = Type.Width == 0 ? null : (byte*)Capi.duckdb_vector_get_data(vector);
        _validity = Capi.duckdb_vector_get_validity(vector);
        switch (Type.Kind)
        {
            case TypeKind.List or TypeKind.Map:
                // DuckDB gives a new list vector a child of this size.
                var child = _children[0];
                child.Point(Capi.duckdb_list_vector_get_child(vector), fresh ? Chunk.Capacity : child.Capacity, fresh);
                break;
            case TypeKind.Array:
                _children[0].Point(Capi.duckdb_array_vector_get_child(vector), capacity * Type.Length, fresh);
                break;
            case TypeKind.Struct or TypeKind.Union:
                for (var i = 0; i < _children.Length; i++)
                    _children[i].Point(Capi.duckdb_struct_vector_get_child(vector, (ulong)i), capacity, fresh);
                break;
        }
    }

    /// <summary>Forgets the memory: whatever is written from now on is refused.</summary>
    public void Retire()
    {
        _vector = 0;
        _data = null;
        _validity = null;
        Capacity = 0;
        foreach (var child in _children) child.Retire();
    }

    /// <summary>Overwrites the values; a text becomes another one.</summary>
    public void Forget()
    {
        var bytes = new Span<byte>(_data, Type.IsNested ? 0 : Capacity * Type.Width);
        if (!Type.IsText) Poison.Fill(bytes);
        else MemoryMarshal.Cast<byte, UInt128>(bytes).Fill(new(0xDDDD_DDDD_DDDD_DDDD, 0xDDDD_DDDD_0000_000C));
    }

    public Span<T> Values<T>() where T : unmanaged => sizeof(T) == Type.Width
        ? new Span<T>(_data, Capacity)
        : throw new InvalidOperationException($"a vector of {Type} has no values of {sizeof(T)} bytes");

    public void SetNull(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Capacity, nameof(row));
        if (_validity is null)
        {
            Capi.duckdb_vector_ensure_validity_writable(_vector);
            _validity = Capi.duckdb_vector_get_validity(_vector);
        }
        _validity[row >> 6] &= ~(1UL << row);
        // DuckDB wants the fields of a NULL struct and the elements of a NULL array to be NULL too.
        switch (Type.Kind)
        {
            case TypeKind.Struct or TypeKind.Union:
                foreach (var child in _children) child.SetNull(row);
                break;
            case TypeKind.Array:
                for (var i = 0; i < Type.Length; i++) _children[0].SetNull((row * Type.Length) + i);
                break;
            case TypeKind.List or TypeKind.Map:
                Values<ListEntry>()[row] = default;
                break;
        }
    }

    /// <summary>Moves rows to the front, in ascending order; those behind are valid again. For types without children.</summary>
    public void Keep(int first, ReadOnlySpan<int> rows)
    {
        var width = Type.Width;
        for (var i = 0; i < rows.Length; i++)
        {
            var (from, to) = (rows[i], first + i);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)from, (uint)Capacity, nameof(rows));
            if (from == to) continue;
            new ReadOnlySpan<byte>(_data + ((nint)from * width), width).CopyTo(new(_data + ((nint)to * width), width));
            if (_validity is null) continue;
            if ((_validity[from >> 6] >> from & 1) == 0) _validity[to >> 6] &= ~(1UL << to);
            else _validity[to >> 6] |= 1UL << to;
        }
        if (_validity is null) return;
        // What comes behind is written anew, and valid until it is said not to be.
        for (var row = first + rows.Length; row < Capacity; row++) _validity[row >> 6] |= 1UL << row;
    }

    /// <summary>Short texts lie in place, long ones are copied into the vector's heap. No check.</summary>
    public void SetText(int row, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            if (bytes.Length <= Text.InlineBytes) Values<Text>()[row] = new Text(first, bytes.Length);
            else SetLongText(row, first, bytes.Length);
        }
    }

    /// <summary>Appends elements for one row behind those of the rows before; returns the first one's
    /// position.</summary>
    public int AddList(int row, int length)
    {
        ref var entry = ref Values<ListEntry>()[row];
        var first = _elements;
        var child = _children[0];
        _elements = checked(first + length);
        if (_elements > child.Capacity)
        {
            var capacity = (int)Math.Min(Math.Max((uint)_elements, (uint)child.Capacity * 2), int.MaxValue);
            Capi.duckdb_list_vector_reserve(_vector, (ulong)capacity);
            child.Point(Capi.duckdb_list_vector_get_child(_vector), capacity, fresh: false);
        }
        Capi.duckdb_list_vector_set_size(_vector, (ulong)_elements);
        entry = new ListEntry((ulong)first, (ulong)length);
        return first;
    }

    void SetLongText(int row, byte* bytes, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Capacity, nameof(row));
        if (length <= QuicklyCopied) Capi.AssignShortString(_vector, (ulong)row, bytes, (ulong)length);
        else Capi.duckdb_unsafe_vector_assign_string_element_len(_vector, (ulong)row, bytes, (ulong)length);
    }
}
