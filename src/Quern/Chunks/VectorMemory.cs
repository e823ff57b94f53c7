namespace Quern.Chunks;

/// <summary>Where a vector's bytes lie now: the owner of the memory sets the pointers, <see cref="Vector"/> reads
/// them.</summary>
/// <remarks>The tree of children follows the type and is built once; refilling a chunk allocates nothing.</remarks>
sealed unsafe class VectorMemory
{
    public VectorMemory(LogicalType type)
    {
        Type = type;
        Children = type.Kind switch
        {
            TypeKind.List or TypeKind.Map or TypeKind.Array => [new VectorMemory(type.Element!)],
            TypeKind.Struct => [.. type.Fields.Select(field => new VectorMemory(field.Type))],
            TypeKind.Union =>
            [
                new VectorMemory(LogicalType.Of(TypeKind.UTinyInt)),
                .. type.Fields.Select(field => new VectorMemory(field.Type)),
            ],
            _ => [],
        };
    }

    public LogicalType Type { get; }

    /// <summary>List, map, array: the elements. Struct: the fields. Union: the tag, then the members.</summary>
    public VectorMemory[] Children { get; }

    /// <summary>First row; <see cref="LogicalType.Width"/> bytes a row. Null when the width is 0.</summary>
    public byte* Data { get; private set; }

    /// <summary>A bit a row, 1 = valid, in words of 64; null when all rows are valid.</summary>
    public ulong* Validity { get; private set; }

    /// <summary>Rows; for the child of a list: elements of all rows together.</summary>
    public int Length { get; private set; }

    /// <summary>Rises each time that the memory is refilled or returned: a view with an older stamp is stale.</summary>
    public int Generation { get; private set; }

    /// <summary>Says where the rows lie from now on; children are pointed one by one.</summary>
    public void Point(void* data, ulong* validity, int length)
    {
        Generation++;
        Data = (byte*)data;
        Validity = validity;
        Length = length;
    }

    /// <summary>Forgets the memory, here and in all children.</summary>
    public void Retire()
    {
        Point(null, null, 0);
        foreach (var child in Children) child.Retire();
    }
}
