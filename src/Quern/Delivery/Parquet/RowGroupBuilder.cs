using Quern.Chunks;
using Quern.Delivery.Parquet.Writing;

namespace Quern.Delivery.Parquet;

/// <summary>Gathers rows of one thread for a <see cref="ParquetWriter"/>, encoded as they come, until they are a row group.</summary>
/// <remarks>For one thread at a time; make one for each. Hand chunks to <see cref="Append(Chunk, int)"/>; when <see cref="IsFull"/>, and behind the last
/// one, <see cref="Close"/> gives the row group, which the writer appends. Allocates nothing for a row; the memory is used again for
/// the next row group.</remarks>
sealed class RowGroupBuilder : IDisposable
{
    /// <summary>Bytes of texts that are taken at once.</summary>
    const long MostTextBytes = 4 << 20;

    readonly ParquetWriter _writer;
    readonly PageWriter _pages;
    readonly ColumnBuilder[] _columns;
    readonly int[] _texts;
    EncodedGroup? _group;

    internal RowGroupBuilder(ParquetWriter writer)
    {
        _writer = writer;
        _pages = new PageWriter(writer.Options);
        _columns = [.. writer.Schema.Columns.Select(c => Builders.For(c.Type, _pages))];
        _texts = [.. Enumerable.Range(0, _columns.Length).Where(i => writer.Schema[i].Type.IsText)];
    }

    /// <summary>Rows so far.</summary>
    public int Rows { get; private set; }

    /// <summary>It has the rows of a row group, or takes as much memory as one may.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Memory that it holds.</summary>
    public long HeldBytes => _pages.HeldBytes + _columns.Sum(c => c.HeldBytes);

    /// <summary>Appends rows of a chunk until there are no more, or it is full.</summary>
    /// <param name="chunk">Columns of the writer's types; not needed any more when this returns.</param>
    /// <param name="from">The first row.</param>
    /// <returns>How many were taken.</returns>
    public int Append(Chunk chunk, int from) => Append(chunk, from, chunk.Rows);

    /// <summary>Appends some rows of a chunk until there are no more, or it is full.</summary>
    /// <param name="chunk">Columns of the writer's types; not needed any more when this returns.</param>
    /// <param name="from">The first row.</param>
    /// <param name="end">The row behind the last one.</param>
    /// <returns>How many were taken.</returns>
    public int Append(Chunk chunk, int from, int end)
    {
        Begin();
        var first = from;
        while (from < end && !IsFull)
        {
            var count = Math.Min(end - from, _writer.Options.RowGroupRows - Rows);
            while (count > 1 && TextBytes(chunk, from, count) > MostTextBytes) count /= 2;
            for (var i = 0; i < _columns.Length; i++) _columns[i].Append(chunk[i], from, count);
            from += count;
            Rows += count;
            IsFull = Rows == _writer.Options.RowGroupRows || UsedBytes >= _writer.Options.RowGroupBytes;
        }
        return from - first;
    }

    /// <summary>Ends the row group; it may be empty.</summary>
    /// <returns>What the writer appends, and takes back.</returns>
    internal EncodedGroup Close()
    {
        Begin();
        var group = _group!;
        for (var i = 0; i < _columns.Length; i++) _columns[i].Close(group.Bytes);
        group.Rows = Rows;
        _group = null;
        (Rows, IsFull) = (0, false);
        return group;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        foreach (var column in _columns) column.Dispose();
        _pages.Dispose();
        _group?.Dispose();
    }

    long UsedBytes
    {
        get
        {
            var bytes = 0L;
            foreach (var column in _columns) bytes += column.UsedBytes;
            return bytes;
        }
    }

    void Begin()
    {
        if (_group is not null) return;
        _group = _writer.Rent();
        for (var i = 0; i < _columns.Length; i++) _columns[i].Begin(_group.Chunks[i]);
    }

    long TextBytes(Chunk chunk, int from, int count)
    {
        var bytes = 0L;
        foreach (var column in _texts)
        {
            var vector = chunk[column];
            var texts = vector.Texts;
            for (var row = from; row < from + count; row++)
                if (texts[row].Length > Text.InlineBytes && !vector.IsNull(row)) bytes += texts[row].Length;
        }
        return bytes;
    }
}
