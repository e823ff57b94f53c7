using System.Text;
using System.Text.Unicode;
using Quern.Chunks;
using Quern.Duck.Native;

namespace Quern.Duck;

/// <summary>A column of a chunk that is being filled.</summary>
/// <remarks>Valid until the chunk is handed on. All rows are valid until <see cref="SetNull"/>; fixed-width values are
/// written through <see cref="Values{T}"/>, texts one by one. Every row below the chunk's count must be written or
/// NULL.</remarks>
public readonly ref struct VectorWriter
{
    readonly WritableVector _vector;

    internal VectorWriter(WritableVector vector) => _vector = vector;

    /// <summary>What the rows hold.</summary>
    public LogicalType Type => _vector.Type;

    /// <summary>Elements of a list, map or array; rows of an array have theirs at row * length.</summary>
    /// <exception cref="InvalidOperationException">The type has no elements.</exception>
    public VectorWriter Child => Type.Element is null ? throw Wrong("elements") : new VectorWriter(_vector.Child(0));

    /// <summary>Tags of a union; the members that a row does not have must be NULL.</summary>
    /// <exception cref="InvalidOperationException">The type is not a union.</exception>
    public VectorWriter Tag => Type.Kind == TypeKind.Union ? new VectorWriter(_vector.Child(0)) : throw Wrong("a tag");

    /// <summary>The values, a row each, up to the chunk's capacity.</summary>
    /// <typeparam name="T">Of the type's width: see <see cref="TypeKind"/> for the one that fits.</typeparam>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> has another width than the
    /// type.</exception>
    public Span<T> Values<T>() where T : unmanaged => _vector.Values<T>();

    /// <summary>A field of a struct or a member of a union, by position from 0.</summary>
    /// <exception cref="InvalidOperationException">The type has no fields.</exception>
    public VectorWriter Field(int index) => Type.Kind switch
    {
        TypeKind.Struct => new VectorWriter(_vector.Child(index)),
        TypeKind.Union => new VectorWriter(_vector.Child(index + 1)),
        _ => throw Wrong("fields"),
    };

    /// <summary>Makes a row NULL, with everything inside it.</summary>
    public void SetNull(int row) => _vector.SetNull(row);

    /// <summary>Writes a varchar from UTF-8, or the bytes of any other type that is stored as <see cref="Text"/>;
    /// copies.</summary>
    /// <exception cref="QuernException">QN9041: a varchar that is not UTF-8.</exception>
    public void SetText(int row, ReadOnlySpan<byte> bytes)
    {
        if (Type.Kind == TypeKind.Varchar && !Utf8.IsValid(bytes)) throw NotUtf8(bytes);
        _vector.SetText(row, bytes);
    }

    /// <summary>As <see cref="SetText(int, ReadOnlySpan{byte})"/> for bytes that the caller has checked
    /// already.</summary>
    public void SetCheckedText(int row, ReadOnlySpan<byte> bytes) => _vector.SetText(row, bytes);

    /// <summary>Writes a varchar.</summary>
    public void SetText(int row, string text)
    {
        const int OnStack = 256;
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = most <= OnStack ? stackalloc byte[OnStack] : new byte[most];
        _vector.SetText(row, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    /// <summary>Moves some rows up, NULL or not; what was in the others is gone. For types without children.</summary>
    /// <param name="first">Where the first of them goes.</param>
    /// <param name="rows">Their positions, ascending.</param>
    internal void Keep(int first, ReadOnlySpan<int> rows) => _vector.Keep(first, rows);

    /// <summary>Gives a row of a list or map this many elements, behind those of the rows before.</summary>
    /// <returns>Position of the first one in <see cref="Child"/>. Spans of the child taken before may be stale
    /// now.</returns>
    /// <exception cref="InvalidOperationException">The type is not a list.</exception>
    public int AddList(int row, int length) =>
        Type.Kind is TypeKind.List or TypeKind.Map ? _vector.AddList(row, length) : throw Wrong("lists");

    InvalidOperationException Wrong(string wanted) => new($"a vector of {Type} has no {wanted}");

    static QuernException NotUtf8(ReadOnlySpan<byte> bytes) => new(new Fault("QN9041", "a text is not UTF-8")
    {
        Value = Convert.ToHexString(bytes[..Math.Min(bytes.Length, 32)]),
        Wanted = "UTF-8, as VARCHAR holds it",
    });
}
