using Quern.Arrow.Buffers;
using Quern.Delivery.Parquet.Metadata;

namespace Quern.Delivery.Parquet.Writing;

/// <summary>A row group as it will lie in the file.</summary>
sealed class EncodedGroup(int columns) : IDisposable
{
    /// <summary>Its bytes, column by column.</summary>
    public NativeBuffer Bytes { get; } = new();

    /// <summary>Its columns.</summary>
    public IReadOnlyList<ColumnChunk> Chunks { get; } = [.. Enumerable.Range(0, columns).Select(_ => new ColumnChunk())];

    /// <summary>Its rows.</summary>
    public int Rows { get; set; }

    /// <inheritdoc/>
    public void Dispose() => Bytes.Dispose();
}
