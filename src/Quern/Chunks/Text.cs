using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Quern.Chunks;

/// <summary>16 bytes that stand for a string or a blob: its length, then up to 12 bytes in place, or the first 4 bytes
/// and a pointer to all of them (DuckDB's <c>string_t</c>).</summary>
/// <remarks>Valid as long as the vector it was read from. Bytes behind the inlined ones are zero, so equal short texts
/// are equal bits.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 16)]
public readonly unsafe struct Text
{
    /// <summary>Texts of up to this many bytes lie in place.</summary>
    public const int InlineBytes = 12;

    [FieldOffset(0)] readonly int _length;
    [FieldOffset(4)] readonly byte _first;
    [FieldOffset(4)] readonly uint _prefix;
    [FieldOffset(8)] readonly byte* _bytes;

    /// <summary>Stands for bytes that somebody else keeps in place; they are copied when they are at most 12.</summary>
    internal Text(byte* bytes, int length)
    {
        _length = length;
        if (length > InlineBytes)
        {
            _prefix = Unsafe.ReadUnaligned<uint>(bytes);
            _bytes = bytes;
        }
        else
        {
            new ReadOnlySpan<byte>(bytes, length).CopyTo(MemoryMarshal.CreateSpan(ref _first, InlineBytes));
        }
    }

    Text(in Text text, nint by)
    {
        this = text;
        _bytes += by;
    }

    /// <summary>The first byte of a text that is not in place.</summary>
    internal byte* First => _bytes;

    /// <summary>The same text, not in place, whose bytes were moved.</summary>
    internal Text Moved(nint by) => new(this, by);

    /// <summary>In bytes, not characters.</summary>
    public int Length => _length;

    /// <summary>True when there are no bytes.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>The bytes; UTF-8 for a varchar.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _length <= InlineBytes
        ? MemoryMarshal.CreateReadOnlySpan(in _first, _length)
        : new ReadOnlySpan<byte>(_bytes, _length);

    /// <summary>Decodes UTF-8; allocates.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Bytes);
}
