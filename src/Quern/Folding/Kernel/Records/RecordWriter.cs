using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Quern.Chunks;
using Quern.Folding.Expressions;
using Quern.Folding.Kernel.Lanes;
using Quern.Folding.Kernel.Texts;
using Quern.Folding.Planning;

namespace Quern.Folding.Kernel.Records;

/// <summary>Makes records of a family out of the rows of one thread, and adds them to the blocks of their partitions.</summary>
sealed unsafe class RecordWriter : IDisposable
{
    readonly FormBook _book;
    readonly OpenBlocks _blocks;
    readonly LaneTerm[] _fields;
    readonly TextCache?[] _texts;
    readonly long*[] _values;
    readonly (long First, long Last)[] _seen;
    readonly (long First, long Last)[] _all;
    readonly bool[] _hasNulls;
    readonly LaneTerm[] _measures;
    readonly ulong _withValue;
    readonly long*[] _amounts;
    readonly LaneTerm? _partition;
    readonly int _hashed;
    readonly long* _parts;
    readonly ulong* _present = (ulong*)NativeMemory.AllocZeroed(Chunk.Capacity * sizeof(ulong));
    ulong* _words;
    int _wordCapacity;

    /// <summary>A writer for one thread.</summary>
    public RecordWriter(FoldPlan plan, FamilyPlan family, FormBook book, BlockStore store, LaneProgram program, IReadOnlyList<TextNumbers?> texts)
    {
        _book = book;
        _blocks = new(store, book);
        _fields = [.. family.Fields.Select(f => program.Term(plan.Fields[f].Value))];
        _hashed = family.Fields.ToList().FindIndex(f => plan.Fields[f].Kind == KeyKind.Hashed);
        _texts = [.. family.Fields.Select(f => texts[f] is { } numbers ? new TextCache(numbers) : null)];
        _values = new long*[_fields.Length];
        for (var i = 0; i < _fields.Length; i++)
            _values[i] = _texts[i] is null && i != _hashed ? null : (long*)NativeMemory.AllocZeroed(Chunk.Capacity * sizeof(long));
        _seen = new (long, long)[_fields.Length];
        _all = [.. _fields.Select(_ => (long.MaxValue, long.MinValue))];
        _hasNulls = new bool[_fields.Length];
        _measures = [.. plan.Measures.Select(m => program.Term(m.Value))];
        _amounts = new long*[_measures.Length];
        _withValue = BlockAmounts.Valued(plan);
        if (family.Partition is not { } field) return;
        if (_texts[family.Fields.ToList().IndexOf(field)] is not null)
        {
            _parts = _values[family.Fields.ToList().IndexOf(field)];
            _partition = program.Term(plan.Fields[field].Value);
        }
        else
        {
            _partition = program.Term(
                family.Bucket is { } bucket ? new BucketTerm(bucket, ((BucketTerm)plan.Fields[field].Value).Of) : plan.Fields[field].Value);
        }
    }

    /// <summary>Adds rows.</summary>
    /// <param name="rows">Rows of the chunk.</param>
    /// <param name="chunk">Its number.</param>
    /// <param name="count">How many rows are added.</param>
    /// <param name="selected">Which ones; null for all.</param>
    public void Add(int rows, int chunk, int count, int* selected)
    {
        for (var i = 0; i < _fields.Length; i++)
        {
            var lane = _fields[i].Evaluate(rows, chunk);
            if (_texts[i] is { } texts) texts.Numbers(lane, rows, _values[i]);
            else if (i == _hashed) Lengths(lane, rows, _values[i]);
            else _values[i] = lane.Values;
            _hasNulls[i] |= lane.HasNulls;
            _seen[i] = LaneRange.Of(_values[i], lane, count, selected);
            _all[i] = (Math.Min(_all[i].First, _seen[i].First), Math.Max(_all[i].Last, _seen[i].Last));
        }
        var form = _book.Form;
        if (form is null || !Fit(form)) form = _book.Widen(_seen);
        if (form != _blocks.Form) _blocks.Change(form);
        Pack(form, rows, chunk);
        var parts = _partition is null ? null : _parts is null ? _partition.Evaluate(rows, chunk).Values : _parts;
        if (_hashed >= 0) AppendTexts(_fields[_hashed].Lane, form, count, selected);
        else if (form.Words == 1) Append(parts, form.Shift, count, selected);
        else AppendWide(parts, form, count, selected);
    }

    /// <summary>Seals what is left.</summary>
    public void Complete()
    {
        _blocks.Change(null);
        _book.Conclude(_all, _hasNulls);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _blocks.Dispose();
        Free();
    }

    bool Fit(RecordForm form)
    {
        for (var i = 0; i < _seen.Length; i++)
        {
            var (first, last) = _seen[i];
            if (first <= last && (first < form.Fields[i].Base || last > form.Fields[i].Last)) return false;
        }
        return true;
    }

    /// <summary>Makes the words of all rows, word after word, and the bits of the values that measures have.</summary>
    void Pack(RecordForm form, int rows, int chunk)
    {
        if (_wordCapacity < form.Words)
        {
            NativeMemory.Free(_words);
            _words = (ulong*)NativeMemory.Alloc((nuint)(form.Words * Chunk.Capacity * sizeof(ulong)));
            _wordCapacity = form.Words;
        }
        new Span<ulong>(_words, form.Words * Chunk.Capacity).Clear();
        for (var i = 0; i < _fields.Length; i++)
            Pack(form.Fields[i], _values[i], _fields[i].Lane, _words + (form.Fields[i].Word * Chunk.Capacity), rows);
        if (_measures.Length == 0) return;
        new Span<ulong>(_present, rows).Clear();
        for (var m = 0; m < _measures.Length; m++)
        {
            var lane = _measures[m].Evaluate(rows, chunk);
            _amounts[m] = lane.Values;
            for (var i = 0; i < rows; i++) _present[i] |= (lane.HasNulls ? (~lane.Nulls[i >> 6] >> i) & 1 : 1) << m;
        }
        var words = _words + (form.Presence.Word * Chunk.Capacity);
        for (var i = 0; i < rows; i++) words[i] |= _present[i] << form.Presence.Shift;
    }

    static void Pack(RecordField field, long* values, Lane lane, ulong* words, int rows)
    {
        var from = 1 - field.Base;
        var i = 0;
        if (!lane.HasNulls)
        {
            var less = Vector512.Create(from);
            for (; i + Vector512<long>.Count <= rows; i += Vector512<long>.Count)
            {
                var bits = (Vector512.Load(values + i) + less).AsUInt64() & Vector512.Create(field.Mask);
                (Vector512.Load(words + i) | Vector512.ShiftLeft(bits, field.Shift)).Store(words + i);
            }
        }
        for (; i < rows; i++)
            if (!lane.HasNulls || !lane.IsNull(i)) words[i] |= ((ulong)(values[i] + from) & field.Mask) << field.Shift;
    }

    void Append(long* parts, int shift, int count, int* selected)
    {
        var most = 1 + _measures.Length;
        var nulls = _partition?.Lane;
        for (var i = 0; i < count; i++)
        {
            var row = selected is null ? i : selected[i];
            var partition = parts is null ? 0 : parts[row] >> shift;
            if (nulls is { HasNulls: true } && nulls.IsNull(row)) partition = SealedBlock.NullPartition;
            var block = _blocks.Of(partition);
            if (block->Tail - block->Head < most) _blocks.Refill(block);
            *block->Head++ = _words[row];
            block->Rows++;
            for (var bits = _present[row] & _withValue; bits != 0; bits &= bits - 1)
                *--block->Tail = (ulong)_amounts[BitOperations.TrailingZeroCount(bits)][row];
        }
    }

    void AppendWide(long* parts, RecordForm form, int count, int* selected)
    {
        var most = form.Words + _measures.Length;
        var nulls = _partition?.Lane;
        for (var i = 0; i < count; i++)
        {
            var row = selected is null ? i : selected[i];
            var partition = parts is null ? 0 : parts[row] >> form.Shift;
            if (nulls is { HasNulls: true } && nulls.IsNull(row)) partition = SealedBlock.NullPartition;
            var block = _blocks.Of(partition);
            if (block->Tail - block->Head < most) _blocks.Refill(block);
            for (var word = 0; word < form.Words; word++) *block->Head++ = _words[(word * Chunk.Capacity) + row];
            block->Rows++;
            for (var bits = _present[row] & _withValue; bits != 0; bits &= bits - 1)
                *--block->Tail = (ulong)_amounts[BitOperations.TrailingZeroCount(bits)][row];
        }
    }

    static void Lengths(Lane lane, int rows, long* to)
    {
        for (var i = 0; i < rows; i++) to[i] = lane.HasNulls && lane.IsNull(i) ? 0 : lane.Texts[i].Length;
    }

    /// <summary>A text stands in front of the values of its record, in whole words.</summary>
    void AppendTexts(Lane lane, RecordForm form, int count, int* selected)
    {
        for (var i = 0; i < count; i++)
        {
            var row = selected is null ? i : selected[i];
            var isNull = lane.HasNulls && lane.IsNull(row);
            var bytes = isNull ? [] : lane.Texts[row].Bytes;
            var words = (bytes.Length + sizeof(ulong) - 1) / sizeof(ulong);
            var block = _blocks.Of(isNull ? SealedBlock.NullPartition : HashedTexts.Partition(TextHash.Of(lane.Texts[row])));
            if (block->Tail - block->Head < form.Words + _measures.Length + words)
            {
                _blocks.Refill(block);
                if (block->Tail - block->Head < form.Words + _measures.Length + words) throw new NotCovered("texts are too long for records");
            }
            for (var word = 0; word < form.Words; word++) *block->Head++ = _words[(word * Chunk.Capacity) + row];
            block->Rows++;
            if (words > 0)
            {
                block->Tail -= words;
                block->Tail[words - 1] = 0;
                bytes.CopyTo(new(block->Tail, bytes.Length));
            }
            for (var bits = _present[row] & _withValue; bits != 0; bits &= bits - 1)
                *--block->Tail = (ulong)_amounts[BitOperations.TrailingZeroCount(bits)][row];
        }
    }

    void Free()
    {
        for (var i = 0; i < _values.Length; i++)
        {
            if (_texts[i] is null && i != _hashed) continue;
            NativeMemory.Free(_values[i]);
            _values[i] = null;
            _texts[i]?.Dispose();
        }
        NativeMemory.Free(_present);
        NativeMemory.Free(_words);
        _words = null;
    }
}
