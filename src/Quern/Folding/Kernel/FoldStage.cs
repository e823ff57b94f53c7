using Quern.Folding.Expressions;
using Quern.Folding.Kernel.Codes;
using Quern.Folding.Kernel.Records;
using Quern.Folding.Kernel.Tables;
using Quern.Folding.Planning;
using Quern.Folding.Results;

namespace Quern.Folding.Kernel;

/// <summary>What all threads know that fold the partitions.</summary>
sealed class FoldStage
{
    readonly List<Partition> _partitions = [];
    readonly List<int> _ordinals = [];
    readonly int[] _shifts;
    readonly long[] _rows;
    int _next;

    /// <summary>A stage.</summary>
    /// <param name="plan">The plan, refined.</param>
    /// <param name="codes">What codes stand for.</param>
    /// <param name="books">The forms of each family's records.</param>
    /// <param name="stores">The records of each family.</param>
    /// <param name="sink">Takes the groups.</param>
    /// <param name="partitions">The records of each family, parted.</param>
    public FoldStage(
        FoldPlan plan, CodeBook codes, IReadOnlyList<FormBook> books, IReadOnlyList<BlockStore> stores, FoldSink sink,
        IReadOnlyList<List<Partition>> partitions)
    {
        (Plan, Codes, Stores, Sink) = (plan, codes, stores, sink);
        States = StatePlan.Of(plan);
        _shifts = [.. books.Select(b => b.Shift)];
        _rows = new long[plan.Grains.Count];
        Turns = new(plan.Grains.Count);
        Order = Lattice.Order([.. plan.Grains.Select(g => g.Parent)]);
        for (var f = 0; f < stores.Count; f++)
        {
            var some = partitions[f].OrderBy(p => p.Key == SealedBlock.NullPartition ? long.MaxValue : PlaceOf(plan.Families[f])(p.Key)).ToList();
            _partitions.AddRange(some);
            _ordinals.AddRange(Enumerable.Range(0, some.Count));
        }
    }

    /// <summary>The plan.</summary>
    public FoldPlan Plan { get; }

    /// <summary>What codes stand for.</summary>
    public CodeBook Codes { get; }

    /// <summary>The records of each family.</summary>
    public IReadOnlyList<BlockStore> Stores { get; }

    /// <summary>Takes the groups.</summary>
    public FoldSink Sink { get; }

    /// <summary>The states of groups.</summary>
    public StatePlan[] States { get; }

    /// <summary>Grains, each behind the one it is folded out of.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>Whose turn it is.</summary>
    public TurnGate Turns { get; }

    /// <summary>How many partitions.</summary>
    public int Count => _partitions.Count;

    /// <summary>The next partition, and which of its family it is; null when all are taken.</summary>
    public Partition? Next(out int ordinal)
    {
        var next = Interlocked.Increment(ref _next) - 1;
        ordinal = next < _partitions.Count ? _ordinals[next] : 0;
        return next < _partitions.Count ? _partitions[next] : null;
    }

    /// <summary>Counts the rows of groups that were handed on.</summary>
    public void Handed(int grain, long rows) => Interlocked.Add(ref _rows[grain], rows);

    /// <summary>Rows of all groups of a grain.</summary>
    public long Rows(int grain) => Interlocked.Read(ref _rows[grain]);

    /// <summary>The codes that a key can have in a partition.</summary>
    public (uint First, ulong Size) Range(int key, Partition partition)
    {
        var codes = Codes.Keys[key];
        var family = Plan.Families[partition.Family];
        if (family.Partition != codes.Plan.Field) return (0, codes.Size);
        if (partition.Key == SealedBlock.NullPartition) return (codes.Domain.Null, 1);
        if (codes.Plan.Kind == KeyKind.Hashed) return partition.Codes;
        if (Codes.Fields[codes.Plan.Field].ByNumber is { } byNumber) return (byNumber[partition.Key], 1);
        if (codes.Domain.Count == 0) return (0, codes.Size);
        var shift = _shifts[partition.Family];
        // The values of the partition, of the bucket that parts rows.
        var (first, last) = (partition.Key << shift, ((partition.Key + 1) << shift) - 1);
        var linear = (LinearDomain)codes.Domain;
        if (family.Bucket is { } parting && codes.Plan.Bucket is { } bucket && bucket != parting)
        {
            (first, last) = Buckets.Nests(bucket, parting)
                ? (Buckets.First(parting, bucket, first), Buckets.First(parting, bucket, last + 1) - 1)
                : Coarse(parting, bucket, first, last);
        }
        first = Math.Max(first, linear.First);
        last = Math.Min(last, linear.First + linear.Count - 1);
        return ((uint)(first - linear.First), (ulong)(last - first + 1));
    }

    // A week and a month are both made of days.
    static (long, long) Coarse(TimeBucket parting, TimeBucket bucket, long first, long last) => Buckets.Nests(parting, bucket)
        ? (Buckets.Coarsen(parting, bucket, first), Buckets.Coarsen(parting, bucket, last))
        : (Buckets.Coarsen(TimeBucket.Day, bucket, Buckets.First(parting, TimeBucket.Day, first)),
            Buckets.Coarsen(TimeBucket.Day, bucket, Buckets.First(parting, TimeBucket.Day, last + 1) - 1));

    Func<long, long> PlaceOf(FamilyPlan family) =>
        family.Partition is { } field && Codes.Fields[field].ByNumber is { } codes ? number => codes[number] : value => value;
}
