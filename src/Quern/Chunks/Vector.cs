using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Quern.Chunks;

/// <summary>A column of a chunk: typed values, a bit a row for NULL, and children for nested types.</summary>
/// <remarks>Valid as long as the chunk it came from. Reading allocates nothing, except
/// <see cref="GetValue"/>.</remarks>
public readonly unsafe ref struct Vector
{
    readonly VectorMemory _memory;
    readonly int _generation;

    internal Vector(VectorMemory memory)
    {
        _memory = memory;
        _generation = memory.Generation;
    }

    /// <summary>What the rows hold.</summary>
    public LogicalType Type => _memory.Type;

    /// <summary>Rows; for the child of a list, the elements of all rows together.</summary>
    public int Length
    {
        get
        {
            CheckFresh();
            return _memory.Length;
        }
    }

    /// <summary>True when no row can be NULL: no need to ask row by row.</summary>
    public bool AllValid
    {
        get
        {
            CheckFresh();
            return _memory.Validity is null;
        }
    }

    /// <summary>A bit a row, 1 = valid, lowest bit first; empty when all rows are valid.</summary>
    public ReadOnlySpan<ulong> Validity
    {
        get
        {
            CheckFresh();
            return _memory.Validity is null
                ? default
                : new ReadOnlySpan<ulong>(_memory.Validity, (_memory.Length + 63) / 64);
        }
    }

    /// <summary>Entries of a list or map, a row each; their offsets count elements of <see cref="Child"/>.</summary>
    public ReadOnlySpan<ListEntry> Lists => Values<ListEntry>();

    /// <summary>Texts of a varchar, blob, bit, bignum or geometry.</summary>
    public ReadOnlySpan<Text> Texts => Values<Text>();

    /// <summary>Elements of a list, map or array.</summary>
    /// <exception cref="InvalidOperationException">The type has no elements.</exception>
    public Vector Child
    {
        get
        {
            CheckFresh();
            return _memory.Type.Element is null ? throw Wrong("elements") : new Vector(_memory.Children[0]);
        }
    }

    /// <summary>Tags of a union: which member a row has, by position from 0.</summary>
    /// <exception cref="InvalidOperationException">The type is not a union.</exception>
    public Vector Tag
    {
        get
        {
            CheckFresh();
            return Type.Kind == TypeKind.Union ? new Vector(_memory.Children[0]) : throw Wrong("a tag");
        }
    }

    /// <summary>A field of a struct or a member of a union, by position from 0.</summary>
    /// <exception cref="InvalidOperationException">The type has no fields.</exception>
    public Vector Field(int index)
    {
        CheckFresh();
        return Type.Kind switch
        {
            TypeKind.Struct => new Vector(_memory.Children[index]),
            TypeKind.Union => new Vector(_memory.Children[index + 1]),
            _ => throw Wrong("fields"),
        };
    }

    /// <summary>True when the row is NULL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsNull(int row)
    {
        CheckFresh();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)_memory.Length, nameof(row));
        var validity = _memory.Validity;
        return validity is not null && ((validity[row >> 6] >> row) & 1) == 0;
    }

    /// <summary>The values, a row each; what lies in a NULL row is undefined.</summary>
    /// <typeparam name="T">Of the type's width: see <see cref="TypeKind"/> for the one that fits.</typeparam>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> has another width than the
    /// type.</exception>
    public ReadOnlySpan<T> Values<T>() where T : unmanaged
    {
        CheckFresh();
        if (sizeof(T) != _memory.Type.Width) throw Wrong($"values of {sizeof(T)} bytes");
        return new ReadOnlySpan<T>(_memory.Data, _memory.Length);
    }

    /// <summary>One value as an object, null for NULL: for cold paths, it allocates.</summary>
    public object? GetValue(int row) => ValueBox.Read(this, row);

    [Conditional("DEBUG")]
    void CheckFresh()
    {
        if (_generation != _memory.Generation)
        {
            throw new InvalidOperationException(
                "this vector belongs to a chunk that has been returned: copy values before asking for the next chunk");
        }
    }

    InvalidOperationException Wrong(string wanted) => new($"a vector of {Type} has no {wanted}");
}
