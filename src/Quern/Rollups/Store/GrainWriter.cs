using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Quern.Files;
using Quern.Folding.Results;

namespace Quern.Rollups.Store;

/// <summary>Writes the file of a grain: rows wait until there are <see cref="GrainFormat.BlockRows"/>, however they come. Calls must not
/// overlap.</summary>
sealed class GrainWriter : IDisposable
{
    readonly string _name;
    readonly string _path;
    readonly SafeFileHandle _handle;
    readonly GrainShape _shape;
    readonly uint[] _nulls;
    readonly uint[][] _keys;
    readonly long[] _counts = new long[GrainFormat.BlockRows];
    readonly MeasureBuffer[] _measures;
    readonly BlockBytes _block;
    readonly List<GrainFormat.Block> _blocks = [];
    readonly List<GrainFormat.Column> _columns = [];
    readonly uint[] _last;
    int _waiting;
    long _offset;
    long _written;

    /// <summary>Begins a file.</summary>
    /// <param name="name">The grain.</param>
    /// <param name="file">Its path in the store.</param>
    /// <param name="path">Where to; nothing is there yet.</param>
    /// <param name="nulls">The code of NULL of each key.</param>
    /// <param name="measures">Their states are written.</param>
    /// <exception cref="QuernException">QN8006, QN8009: the file cannot be made.</exception>
    public GrainWriter(string name, string file, string path, IReadOnlyList<uint> nulls, IReadOnlyList<StoredMeasure> measures)
    {
        _name = name;
        File = file;
        _path = path;
        _nulls = [.. nulls];
        _shape = GrainShape.Of(0, nulls.Count, measures);
        _keys = [.. nulls.Select(_ => new uint[GrainFormat.BlockRows])];
        _last = new uint[nulls.Count];
        _measures = [.. measures.Select(m => new MeasureBuffer(m))];
        _block = new(_shape.Columns);
        _handle = Writing(path, () => System.IO.File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write));
        Append(GrainFormat.Magic);
        Pad();
    }

    /// <summary>Path in the store.</summary>
    public string File { get; }

    /// <summary>Groups so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows of the source in all groups so far.</summary>
    public long CountedRows => _written + Sum(_counts.AsSpan(0, _waiting));

    /// <summary>Adds groups.</summary>
    /// <exception cref="InvalidOperationException">They do not ascend, or a code is of no value: a defect of the fold.</exception>
    /// <exception cref="QuernException">QN8006 disk full; QN8009 the system refused.</exception>
    public void Write(GrainRows rows)
    {
        if (rows.Keys.Count != _keys.Length || rows.Measures.Count != _measures.Length)
            throw new InvalidOperationException($"rows of {_name} have {rows.Keys.Count} keys and {rows.Measures.Count} measures");
        for (var from = 0; from < rows.Rows;)
        {
            var count = Math.Min(rows.Rows - from, GrainFormat.BlockRows - _waiting);
            for (var k = 0; k < _keys.Length; k++) rows.Keys[k].AsSpan(from, count).CopyTo(_keys[k].AsSpan(_waiting));
            CheckOrder(count);
            rows.Counts.AsSpan(from, count).CopyTo(_counts.AsSpan(_waiting));
            for (var m = 0; m < _measures.Length; m++) _measures[m].Append(rows.Measures[m], from, count, _waiting);
            _waiting += count;
            from += count;
            Rows += count;
            if (_waiting == GrainFormat.BlockRows) Flush();
        }
    }

    /// <summary>Writes what waits, and the directory.</summary>
    /// <returns>Size of the file and the checksum of its directory.</returns>
    /// <exception cref="QuernException">QN8006 disk full; QN8009 the system refused.</exception>
    public (long Bytes, ulong Checksum) Finish()
    {
        if (_waiting > 0) Flush();
        var head = new GrainFormat.Directory
        {
            Rows = Rows,
            CountedRows = CountedRows,
            Blocks = _blocks.Count,
            Columns = _shape.Columns,
            Keys = _shape.Keys,
            BlockRows = GrainFormat.BlockRows,
        };
        var blocks = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_blocks));
        var columns = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_columns));
        var directory = new byte[Unsafe.SizeOf<GrainFormat.Directory>() + blocks.Length + columns.Length];
        MemoryMarshal.Write(directory, head);
        blocks.CopyTo(directory.AsSpan(Unsafe.SizeOf<GrainFormat.Directory>()));
        columns.CopyTo(directory.AsSpan(Unsafe.SizeOf<GrainFormat.Directory>() + blocks.Length));
        var tail = new GrainFormat.Tail
        {
            DirectoryOffset = _offset,
            DirectoryBytes = directory.Length,
            Checksum = Checksum.Of(directory),
            Magic = MemoryMarshal.Read<ulong>(GrainFormat.Magic),
        };
        Append(directory);
        Append(MemoryMarshal.AsBytes(new ReadOnlySpan<GrainFormat.Tail>(in tail)));
        _handle.Dispose();
        return (_offset, tail.Checksum);
    }

    public void Dispose() => _handle.Dispose();

    void Flush()
    {
        _block.Clear();
        foreach (var key in _keys) _block.Codes(key.AsSpan(0, _waiting));
        var counts = _counts.AsSpan(0, _waiting);
        if (Narrowing.Range<long>(counts).Least <= 0) throw new InvalidOperationException($"a group of {_name} has no rows");
        _written += Sum(counts);
        _block.Numbers(counts);
        // The counts are written: their array is free.
        foreach (var measure in _measures) measure.Write(_block, _waiting, counts);
        _blocks.Add(new() { Offset = _offset, Bytes = (uint)_block.Bytes.Length, Rows = _waiting, Checksum = Checksum.Of(_block.Bytes) });
        _columns.AddRange(_block.Entries);
        for (var k = 0; k < _keys.Length; k++)
        {
            var high = _block.Entries[k].High;
            if (high > _nulls[k])
                throw new InvalidOperationException($"a code of key {k} of {_name} is {high}, above that of NULL, {_nulls[k]}");
        }
        Append(_block.Bytes);
        _waiting = 0;
    }

    /// <summary>Each group comes after the one before it: so they are sorted, and no group comes twice.</summary>
    void CheckOrder(int count)
    {
        if (_keys.Length == 0)
        {
            if (Rows + count > 1) throw new InvalidOperationException($"{_name} has no keys and more than one group");
            return;
        }
        var isFirst = Rows == 0;
        for (var row = _waiting; row < _waiting + count; row++)
        {
            var rises = isFirst;
            for (var k = 0; k < _keys.Length && !rises; k++)
            {
                var before = row == _waiting ? _last[k] : _keys[k][row - 1];
                if (_keys[k][row] < before) break;
                rises = _keys[k][row] > before;
            }
            if (!rises) throw new InvalidOperationException($"groups of {_name} do not ascend at row {Rows + row - _waiting}");
            isFirst = false;
        }
        for (var k = 0; k < _keys.Length; k++) _last[k] = _keys[k][_waiting + count - 1];
    }

    static long Sum(ReadOnlySpan<long> counts)
    {
        var sum = 0L;
        foreach (var count in counts) sum = checked(sum + count);
        return sum;
    }

    void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, _offset);
        }
        catch (IOException e)
        {
            throw OutputFaults.Unwritable(e, _path);
        }
        _offset += bytes.Length;
    }

    void Pad() => Append(new byte[GrainFormat.Align(_offset) - _offset]);

    static T Writing<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputFaults.Unwritable(e, path);
        }
    }
}
