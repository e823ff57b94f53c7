using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
        return vector.Type.Width switch
        {
            1 => First(vector.Values<byte>()),
            2 => First(vector.Values<short>()),
            4 => First(vector.Values<int>()),
            8 => First(vector.Values<long>()),
            _ => First(vector.Values<Int128>()),
        };
    }

    /// <inheritdoc/>
    public override void SetLongText(int column, int row, byte* bytes, int length) =>
        Output![column].SetCheckedText(row, new ReadOnlySpan<byte>(bytes, length));

    /// <inheritdoc/>
    public override void SetNull(int column, int row) => Output![column].SetNull(row);

    /// <inheritdoc/>
    public override void Keep(ReadOnlySpan<int> rows)
    {
        for (var column = 0; column < Output!.Schema.Count; column++) Output[column].Keep(rows);
    }

    static void* First<T>(Span<T> values) where T : unmanaged => Unsafe.AsPointer(ref MemoryMarshal.GetReference(values));
}
