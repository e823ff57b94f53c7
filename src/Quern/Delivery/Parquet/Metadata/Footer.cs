using Quern.Arrow.Buffers;

namespace Quern.Delivery.Parquet.Metadata;

/// <summary>Gathers what stands at the end of a file: its columns, and where each part of them is.</summary>
/// <remarks>Source: Parquet format, "FileMetaData".</remarks>
sealed class Footer : IDisposable
{
    const string Creator = "Quern version 1.0.0";

    readonly IReadOnlyList<ParquetColumn> _columns;
    readonly byte[][] _names;
    readonly CompactWriter _groups = new();
    int _count;

    /// <summary>A file without rows.</summary>
    public Footer(IReadOnlyList<ParquetColumn> columns)
    {
        _columns = columns;
        _names = [.. columns.Select(c => System.Text.Encoding.UTF8.GetBytes(c.Name))];
    }

    /// <summary>Rows of all row groups.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds a row group.</summary>
    /// <param name="chunks">Its columns.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="at">Where it begins in the file.</param>
    public void Add(IReadOnlyList<ColumnChunk> chunks, int rows, long at)
    {
        _groups.Begin();
        _groups.BeginStructs(1, chunks.Count);
        for (var i = 0; i < chunks.Count; i++) chunks[i].Write(_groups, _columns[i], _names[i], at);
        _groups.I64(2, chunks.Sum(c => c.RawBytes));
        _groups.I64(3, rows);
        _groups.I64(5, at);
        _groups.I64(6, chunks.Sum(c => c.Bytes));
        if (_count <= short.MaxValue) _groups.I16(7, (short)_count);
        _groups.End();
        _count++;
        Rows += rows;
    }

    /// <summary>Appends the footer, without its length.</summary>
    public void Write(NativeBuffer to)
    {
        using var all = new CompactWriter();
        all.Begin();
        all.I32(1, 1);
        all.BeginStructs(2, _columns.Count + 1);
        all.Begin();
        all.I32(3, 0);
        all.Text(4, "schema");
        all.I32(5, _columns.Count);
        all.End();
        foreach (var column in _columns) column.Write(all);
        all.I64(3, Rows);
        all.BeginStructs(4, _count);
        all.Put(_groups);
        all.Text(6, Creator);
        // The order of the least and the greatest values is that of the types.
        all.BeginStructs(7, _columns.Count);
        for (var i = 0; i < _columns.Count; i++)
        {
            all.Begin();
            all.Empty(1);
            all.End();
        }
        all.End();
        to.Append(all.Bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _groups.Dispose();
}
