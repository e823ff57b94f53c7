using Quern.Arrow.Buffers;
using Quern.Arrow.Metadata;

namespace Quern.Arrow.Reading;

/// <summary>A field of the batch that is loaded: its buffers, decompressed, of the lengths that its type asks for.</summary>
/// <remarks>Used again for each batch. The shape follows the field; what the buffers hold (ends, indexes, UTF-8) is checked
/// where it is used.</remarks>
sealed unsafe class LoadedField : IDisposable
{
    readonly List<NativeBuffer> _memory = [];

    public LoadedField(Field field)
    {
        Field = field;
        Children = field.Dictionary is null ? [.. field.Children.Select(child => new LoadedField(child))] : [];
    }

    /// <summary>Name and type.</summary>
    public Field Field { get; }

    /// <summary>Elements or fields.</summary>
    public LoadedField[] Children { get; }

    /// <summary>Rows, or elements of all rows together.</summary>
    public int Rows { get; set; }

    /// <summary>Buffers of this batch behind the validity.</summary>
    public int Count { get; private set; }

    /// <summary>A bit a row, 1 = not NULL; null when no row is NULL.</summary>
    public byte* Validity { get; set; }

    /// <summary>A buffer behind the validity: values; ends and bytes; views and their data.</summary>
    public ReadOnlySpan<byte> this[int index] => _memory[index + 1].Bytes;

    /// <summary>First byte of a buffer; null when it is empty.</summary>
    public byte* First(int index) => _memory[index + 1].Length == 0 ? null : _memory[index + 1].First;

    /// <summary>Memory for a buffer of this batch; 0 is the validity.</summary>
    public NativeBuffer Memory(int index)
    {
        while (_memory.Count <= index) _memory.Add(new NativeBuffer());
        Count = index;
        return _memory[index];
    }

    /// <summary>True when a row is NULL.</summary>
    public bool IsNull(int row) => Validity is not null && (Validity[row >> 3] >> (row & 7) & 1) == 0;

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        foreach (var buffer in _memory) buffer.Dispose();
        foreach (var child in Children) child.Dispose();
    }
}
