using System.Runtime.InteropServices;
using Quern.Chunks;

namespace Quern.Csv;

/// <summary>Keeps nothing: for looking whether rows can be read.</summary>
sealed unsafe class DropSink : CellSink, IDisposable
{
    void* _values = NativeMemory.AllocZeroed((nuint)(Chunk.Capacity * sizeof(Text)));

    ~DropSink() => NativeMemory.Free(_values);

    /// <inheritdoc/>
    public override void* Values(int column) => _values;

    /// <inheritdoc/>
    public override void SetLongText(int column, Text* values, int row, byte* bytes, int length)
    {
    }

    /// <inheritdoc/>
    public override void EndTexts(int column, Text* values, int rows)
    {
    }

    /// <inheritdoc/>
    public override void SetNull(int column, int row)
    {
    }

    /// <inheritdoc/>
    public override void Keep(int first, ReadOnlySpan<int> rows)
    {
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        NativeMemory.Free(_values);
        _values = null;
        GC.SuppressFinalize(this);
    }
}
