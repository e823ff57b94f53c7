using System.Globalization;
using Quern.Arrow.Reading;
using Quern.Chunks;
using Quern.Duck;

namespace Quern.Arrow;

/// <summary>What one thread reads of an <see cref="ArrowPass"/>: a batch at a time, rows out of it.</summary>
/// <remarks>For one thread at a time. Memory: the columns that are read of the largest batch, decompressed, and once the
/// largest compressed buffer. One reader alone gives all rows in their order.</remarks>
sealed class ArrowReader(ArrowPass pass) : IDisposable
{
    ArrowFile? _file;
    BatchLoader? _loader;
    LoadedField?[] _fields = [];
    ColumnReader?[] _readers = [];
    long _rows;
    long _from;

    /// <summary>The batch that rows came from last, counted over all files from 0.</summary>
    public int Batch { get; private set; } = -1;

    /// <summary>Writes the next rows, all of one batch, and sets their count.</summary>
    /// <returns>How many, up to <see cref="Chunk.Capacity"/>; 0 when there are no more.</returns>
    /// <exception cref="QuernException">A file cannot be read, is damaged, or holds a value that does not fit.</exception>
    public int Fill(ChunkWriter output)
    {
        while (_from >= _rows)
        {
            if (!pass.Next(out var ordinal)) return 0;
            Load(ordinal);
        }
        try
        {
            var (from, count) = ((int)_from, (int)Math.Min(Chunk.Capacity, _rows - _from));
            for (var i = 0; i < _readers.Length; i++)
            {
                if (_readers[i] is { } reader) reader.Write(output[i], 0, from, count);
                else output[i].Values<long>()[..count].Fill(Batch);
            }
            output.Rows = count;
            _from += count;
            return count;
        }
        catch (Exception e) when (Place(e) is { } placed)
        {
            throw placed;
        }
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _loader?.Dispose();
        foreach (var field in _fields) field?.Dispose();
    }

    void Load(int ordinal)
    {
        Batch = ordinal;
        var (file, index) = pass.Set.Batches[ordinal];
        try
        {
            if (file != _file) Open(file);
            _rows = _loader!.Load(file.Batch(index), file.Fields, _fields).Rows;
            _from = 0;
            foreach (var reader in _readers) reader?.Begin();
        }
        catch (Exception e) when (Place(e) is { } placed)
        {
            throw placed;
        }
    }

    /// <summary>Files may store the same types in different ways: each gets readers of its own.</summary>
    void Open(ArrowFile file)
    {
        Dispose();
        _file = file;
        _loader = new BatchLoader(file);
        _fields = new LoadedField?[file.Fields.Count];
        _readers = new ColumnReader?[pass.Columns.Count];
        for (var i = 0; i < _readers.Length; i++)
        {
            var column = pass.Columns[i];
            if (column >= pass.Set.FileColumns) continue;
            var field = _fields[column] ??= new LoadedField(file.Fields[column]);
            _readers[i] = Readers.For(field, file.Dictionary);
        }
    }

    /// <summary>The fault with file and batch; null for what is no fault of the file.</summary>
    QuernException? Place(Exception e)
    {
        var (file, index) = pass.Set.Batches[Batch];
        var batch = string.Create(CultureInfo.InvariantCulture, $"batch {index + 1:N0}");
        return e switch
        {
            InvalidDataException damaged => file.Damaged(batch, damaged),
            QuernException { Fault.Code: ArrowFaults.NoFitCode } fault =>
                new QuernException(fault.Fault with { Where = $"{file.Name}, {batch}, {fault.Fault.Where}" }, fault),
            _ => null,
        };
    }
}
