using System.Runtime.InteropServices;
using Quern.Chunks;
using Quern.Folding.Kernel.Records;
using Quern.Folding.Planning;
using Quern.Folding.Results;

namespace Quern.Folding.Kernel.Texts;

/// <summary>Numbers the texts by whose hashes rows are parted: partition by partition, in each by the hash. The numbers depend on the texts
/// alone; they are not in the order of the texts.</summary>
/// <param name="type">Of the texts.</param>
/// <param name="store">The records.</param>
/// <param name="partitions">The partitions, in the order of their hashes.</param>
/// <param name="field">Position of the texts among the fields of a record.</param>
sealed unsafe class HashedTexts(LogicalType type, BlockStore store, List<Kernel.Partition> partitions, int field)
{
    /// <summary>Rows are parted by so many first bits of the hash.</summary>
    public const int PartitionBits = 9;

    readonly (byte[] Bytes, int[] Ends)[] _parts = new (byte[], int[])[partitions.Count];
    int _next;

    /// <summary>The partition of a text.</summary>
    public static long Partition(ulong hash) => (long)(hash >> (64 - PartitionBits));

    /// <summary>Words that a text takes in a record.</summary>
    /// <param name="field">Where its length stands.</param>
    /// <param name="word">The word of the record that holds it.</param>
    public static int Words(RecordField field, ulong word) => (Length(field, word) + sizeof(ulong) - 1) / sizeof(ulong);

    /// <summary>Numbers all texts, and says in each partition which rows have which.</summary>
    public TextDomain Number(int threads, CancellationToken cancel)
    {
        var work = Enumerable.Repeat(() => Work(cancel), Math.Max(Math.Min(threads, partitions.Count), 1));
        ThreadTeam.Run([.. work], () => Volatile.Write(ref _next, int.MaxValue / 2));
        var (texts, bytes) = (0L, 0L);
        foreach (var (part, ends) in _parts) (texts, bytes) = (texts + ends.Length, bytes + part.Length);
        if (bytes > Array.MaxLength || texts > int.MaxValue) throw new NotCovered("texts of a key are too many to be numbered");
        return Joined(new long[texts], new byte[bytes]);
    }

    static int Length(RecordField field, ulong word)
    {
        var raw = (word >> field.Shift) & field.Mask;
        return raw == 0 ? 0 : (int)((long)raw - 1 + field.Base);
    }

    TextDomain Joined(long[] ends, byte[] bytes)
    {
        var (text, at) = (0, 0L);
        for (var p = 0; p < partitions.Count; p++)
        {
            var (part, lengths) = _parts[p];
            part.CopyTo(bytes.AsSpan((int)at));
            if (partitions[p].Key != SealedBlock.NullPartition)
            {
                var codes = partitions[p].Texts;
                for (var row = 0; row < codes.Length; row++) codes[row] += (uint)text;
                partitions[p].Codes = ((uint)text, (ulong)lengths.Length);
            }
            foreach (var end in lengths) ends[text++] = at + end;
            at += part.Length;
            _parts[p] = ([], []);
        }
        foreach (var partition in partitions.Where(p => p.Key == SealedBlock.NullPartition)) partition.Texts.AsSpan().Fill((uint)ends.Length);
        return new TextDomain(type, ends, bytes, IsInOrder: false);
    }

    void Work(CancellationToken cancel)
    {
        using var met = new MetTexts();
        var room = (ulong*)NativeMemory.Alloc((nuint)store.BlockBytes);
        try
        {
            while (Interlocked.Increment(ref _next) - 1 is var p && p < partitions.Count)
            {
                cancel.ThrowIfCancellationRequested();
                Number(p, met, room);
            }
        }
        finally
        {
            NativeMemory.Free(room);
        }
    }

    void Number(int index, MetTexts met, ulong* room)
    {
        var partition = partitions[index];
        partition.Texts = GC.AllocateUninitializedArray<uint>(checked((int)partition.Rows));
        _parts[index] = ([], []);
        if (partition.Key == SealedBlock.NullPartition) return;
        met.Begin(partition.Rows);
        var at = 0;
        foreach (var block in partition.Blocks)
        {
            var words = store.Load(block, room, out var values);
            var end = values + block.Values;
            var (form, place) = (block.Form, block.Form.Fields[field]);
            for (var row = 0; row < block.Rows; row++)
            {
                var record = words + ((long)row * form.Words);
                var length = Length(place, record[place.Word]);
                end -= Words(place, record[place.Word]);
                partition.Texts[at++] = met.Number((byte*)end, length);
                end -= Values(form, record);
            }
        }
        var order = met.Order();
        for (var row = 0; row < at; row++) partition.Texts[row] = order[partition.Texts[row]];
        _parts[index] = met.Texts();
    }

    int Values(RecordForm form, ulong* record) => System.Numerics.BitOperations.PopCount((record[form.Presence.Word] >> form.Presence.Shift) & ValueMask);

    /// <summary>Measures of a record that have a value there.</summary>
    public required ulong ValueMask { get; init; }
}
