using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quern.Chunks;
using Quern.Duck;

namespace Quern.Csv;

/// <summary>Puts cells into a chunk in the engine's memory.</summary>
sealed unsafe class ChunkSink : CellSink
{
    /// <summary>The chunk, valid while a reader fills it.</summary>
    public ChunkWriter? Output { get; set; }

    /// <inheritdoc/>
    public override void* Values(int column)
    {
        var vector = Output![column];
        // Memory of the engine does not move: the pointer is as good as the span.
        return vector.Type.IsText ? First(vector.Values<Text>()) : First(vector.Values<long>());
    }

    /// <inheritdoc/>
    public override void SetLongText(int column, int row, byte* bytes, int length) =>
        Output![column].SetCheckedText(row, new ReadOnlySpan<byte>(bytes, length));

    /// <inheritdoc/>
    public override void SetNull(int column, int row) => Output![column].SetNull(row);

    static void* First<T>(Span<T> values) where T : unmanaged => Unsafe.AsPointer(ref MemoryMarshal.GetReference(values));
}
