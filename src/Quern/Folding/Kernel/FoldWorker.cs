using System.Runtime.InteropServices;
using Quern.Folding.Kernel.Records;
using Quern.Folding.Kernel.Tables;

namespace Quern.Folding.Kernel;

/// <summary>One thread that folds partitions: records become groups of maximal grains, those are handed on and folded further.</summary>
sealed unsafe class FoldWorker : IDisposable
{
    /// <summary>Groups up to which an array is taken whatever the rows.</summary>
    const ulong LeastDirect = 1 << 12;

    /// <summary>Groups up to which one can be taken.</summary>
    const ulong MostDirect = 1 << 20;

    /// <summary>An array may have so many groups for each row.</summary>
    const ulong GroupsOfRow = 16;

    readonly FoldStage _stage;
    readonly GrainTable[] _tables;
    readonly GrainOutput[] _outputs;
    readonly BlockAmounts _amounts;
    readonly uint*[] _fields;
    readonly uint*[] _keys;
    readonly int* _slots;
    readonly ulong* _numbers;
    readonly ulong* _room;
    readonly bool[] _isFilled;
    readonly List<int>[] _children;

    /// <summary>A worker for one thread.</summary>
    public FoldWorker(FoldStage stage)
    {
        _stage = stage;
        var plan = stage.Plan;
        var blockBytes = stage.Stores.Max(s => s.BlockBytes);
        var rows = Math.Max(blockBytes / sizeof(ulong), GrainOutput.Capacity);
        _tables = [.. plan.Grains.Select(g => new GrainTable(g.Keys.Count, stage.States.Length))];
        _outputs = [.. plan.Grains.Select(g => new GrainOutput(plan, g, stage.States))];
        _amounts = new(plan, stage.States, rows);
        _fields = Room(plan.Fields.Count, rows);
        _keys = Room(plan.Keys.Count, rows);
        _slots = (int*)NativeMemory.Alloc((nuint)rows, sizeof(int));
        _numbers = (ulong*)NativeMemory.Alloc((nuint)rows, sizeof(ulong));
        _room = (ulong*)NativeMemory.Alloc((nuint)blockBytes);
        _isFilled = new bool[plan.Keys.Count];
        _children = [.. plan.Grains.Select((_, g) => stage.Order.Where(c => plan.Grains[c].Parent == g).ToList())];
        for (var g = 0; g < _tables.Length; g++)
            if (!plan.Grains[g].IsLocal) Begin(g, [.. plan.Grains[g].Keys.Select(k => (0U, stage.Codes.Keys[k].Size))], MostDirect);
    }

    /// <summary>Groups of the grains that lie in several partitions.</summary>
    public GrainTable Table(int grain) => _tables[grain];

    /// <summary>Folds partitions until there are no more.</summary>
    public void Run(CancellationToken cancel)
    {
        while (_stage.Next(out var ordinal) is { } partition)
        {
            cancel.ThrowIfCancellationRequested();
            Fold(partition);
            foreach (var grain in _stage.Order)
            {
                var plan = _stage.Plan.Grains[grain];
                if (plan.Family != partition.Family || !plan.IsLocal) continue;
                var slots = _tables[grain].Ordered();
                _stage.Turns.Wait(grain, ordinal);
                HandOn(grain, slots);
                _stage.Turns.Pass(grain);
                _tables[grain].Clear(slots);
            }
        }
    }

    /// <summary>Hands on the groups of grains that lie in several partitions.</summary>
    /// <param name="others">The other threads' workers, which are done.</param>
    public void Finish(IEnumerable<FoldWorker> others)
    {
        foreach (var grain in _stage.Order)
        {
            if (_stage.Plan.Grains[grain].IsLocal) continue;
            foreach (var other in others) Merge(_tables[grain], other._tables[grain]);
            var slots = _tables[grain].Ordered();
            HandOn(grain, slots);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var table in _tables) table.Dispose();
        _amounts.Dispose();
        foreach (var codes in _fields) NativeMemory.Free(codes);
        foreach (var codes in _keys) NativeMemory.Free(codes);
        NativeMemory.Free(_slots);
        NativeMemory.Free(_numbers);
        NativeMemory.Free(_room);
    }

    static uint*[] Room(int count, int rows)
    {
        var room = new uint*[count];
        for (var i = 0; i < count; i++) room[i] = (uint*)NativeMemory.Alloc((nuint)rows, sizeof(uint));
        return room;
    }

    static void Merge(GrainTable to, GrainTable from)
    {
        foreach (var slot in from.Ordered()) to.Merge(to.Slot(from.Group(slot)), from, slot);
    }

    void Begin(int grain, ReadOnlySpan<(uint, ulong)> ranges, ulong mostDirect)
    {
        var shape = new KeyShape(ranges);
        _tables[grain].Begin(shape, shape.Groups <= mostDirect);
    }

    void Fold(Partition partition)
    {
        var plan = _stage.Plan;
        var family = plan.Families[partition.Family];
        var most = Math.Clamp((ulong)partition.Rows * GroupsOfRow, LeastDirect, MostDirect);
        for (var g = 0; g < plan.Grains.Count; g++)
        {
            if (plan.Grains[g].Family != partition.Family || !plan.Grains[g].IsLocal) continue;
            Begin(g, [.. plan.Grains[g].Keys.Select(k => _stage.Range(k, partition))], most);
        }
        var store = _stage.Stores[partition.Family];
        var hashed = family.Fields.ToList().FindIndex(f => plan.Fields[f].Kind == Planning.KeyKind.Hashed);
        var row = 0;
        foreach (var block in partition.Blocks)
        {
            var words = store.Load(block, _room, out var values);
            Array.Clear(_isFilled);
            _amounts.Read(words, block.Form, block.Rows, values + block.Values, hashed);
            for (var i = 0; i < family.Fields.Count; i++)
            {
                if (i == hashed) partition.Texts.AsSpan(row, block.Rows).CopyTo(new(_fields[family.Fields[i]], block.Rows));
                else _stage.Codes.Fields[family.Fields[i]].Read(words, block.Form.Words, block.Form.Fields[i], block.Rows, _fields[family.Fields[i]]);
            }
            row += block.Rows;
            foreach (var grain in family.Grains) Add(grain, block.Rows);
            store.Release(block);
        }
    }

    void Add(int grain, int rows)
    {
        var table = _tables[grain];
        var keys = _stage.Plan.Grains[grain].Keys;
        var codes = new CodeColumns(keys.Count);
        for (var k = 0; k < keys.Count; k++) codes[k] = table.Shape.IsConstant(k) ? null : Codes(keys[k], rows);
        table.Locate(codes, rows, _slots, _numbers);
        table.Count(_slots, rows);
        for (var s = 0; s < _stage.States.Length; s++)
        {
            var amounts = _amounts.Of(s, out var count);
            table.Add(s, _slots, amounts, count);
        }
        foreach (var (state, row, value) in _amounts.Odd) table.AddOdd(state, _slots[row], value);
    }

    /// <summary>The codes of a key of the block's records, made once for all grains.</summary>
    uint* Codes(int key, int rows)
    {
        var codes = _stage.Codes.Keys[key];
        var field = _stage.Plan.Fields[codes.Plan.Field];
        if (codes.Plan.Bucket == field.Bucket) return _fields[codes.Plan.Field];
        if (!_isFilled[key])
            codes.From((Results.LinearDomain)_stage.Codes.Fields[codes.Plan.Field].Domain, field.Bucket!.Value, _fields[codes.Plan.Field], rows, _keys[key]);
        _isFilled[key] = true;
        return _keys[key];
    }

    /// <summary>Hands on groups, and adds them to the grains that are folded out of theirs.</summary>
    void HandOn(int grain, ReadOnlySpan<int> slots)
    {
        var keys = _stage.Plan.Grains[grain].Keys;
        for (var i = 0; i < slots.Length; i += GrainOutput.Capacity)
        {
            var some = slots[i..Math.Min(i + GrainOutput.Capacity, slots.Length)];
            var rows = _outputs[grain].Fill(_tables[grain], some);
            var count = 0L;
            for (var r = 0; r < rows.Rows; r++) count += rows.Counts[r];
            _stage.Handed(grain, count);
            foreach (var child in _children[grain]) FoldFurther(grain, keys, child, some);
            _stage.Sink.Take(grain, rows);
        }
    }

    void FoldFurther(int grain, IReadOnlyList<int> keys, int child, ReadOnlySpan<int> slots)
    {
        var to = _tables[child];
        var wanted = _stage.Plan.Grains[child].Keys;
        var codes = new CodeColumns(wanted.Count);
        for (var k = 0; k < wanted.Count; k++)
        {
            var (fine, coarse) = (Finer(keys, wanted[k]), _stage.Codes.Keys[wanted[k]]);
            var from = (uint*)Marshal.UnsafeAddrOfPinnedArrayElement(_outputs[grain].Keys(fine), 0);
            codes[k] = from;
            if (keys[fine] == wanted[k]) continue;
            codes[k] = _keys[wanted[k]];
            if (_stage.Plan.Keys[keys[fine]].Bucket == coarse.Plan.Bucket) codes[k] = from;
            else coarse.From(_stage.Codes.Keys[keys[fine]], from, slots.Length, _keys[wanted[k]]);
        }
        to.Locate(codes, slots.Length, _slots, _numbers);
        for (var i = 0; i < slots.Length; i++) to.Merge(_slots[i], _tables[grain], slots[i]);
    }

    /// <summary>The position of the key that another one is made of.</summary>
    int Finer(IReadOnlyList<int> keys, int wanted)
    {
        var all = _stage.Plan.Keys;
        for (var k = 0; k < keys.Count; k++)
            if (keys[k] == wanted) return k;
        for (var k = 0; k < keys.Count; k++)
        {
            if (all[keys[k]].Field == all[wanted].Field
                && (all[keys[k]].Bucket is not { } fine || Planning.Buckets.Nests(fine, all[wanted].Bucket!.Value))) return k;
        }
        throw new InvalidOperationException("a grain is folded out of one that has its keys");
    }
}
