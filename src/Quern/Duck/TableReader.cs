namespace Quern.Duck;

/// <summary>What one thread reads of a <see cref="TableScan"/>.</summary>
public abstract class TableReader : IDisposable
{
    /// <summary>Writes the next rows, up to <see cref="Chunks.Chunk.Capacity"/>, and sets their count; 0 rows end this
    /// reader.</summary>
    /// <param name="output">An empty chunk with the columns that the scan was asked for, valid during the call.</param>
    public abstract void Fill(ChunkWriter output);

    /// <summary>Frees what the reader holds; any thread may call it. Default: nothing.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
