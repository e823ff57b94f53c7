using System.Text;
using Quern.Chunks;
using Quern.Folding.Declared;
using Quern.Folding.Expressions;
using Quern.Folding.Results;
using Quern.Rollups.Store;

namespace Quern.Tests.Rollups.Store;

/// <summary>Random groups of random grains, and stores of them.</summary>
sealed class SampleStore
{
    static readonly LogicalType BigInt = LogicalType.Of(TypeKind.BigInt);

    public SampleStore(int seed, params int[] rows)
    {
        var random = new Random(seed);
        foreach (var name in (string[])["day", "id", "country", "price", "flag"]) Keys[name] = Domain(name, random);
        Measures =
        [
            new("amount", LogicalType.Of(TypeKind.Double), (MeasureKeep)31),
            new("units", BigInt, (MeasureKeep)random.Next(2, 64)),
            new("cost", LogicalType.Decimal(18, 4), MeasureKeep.Sum | MeasureKeep.Max),
            new("nothing", LogicalType.Of(TypeKind.Float), MeasureKeep.Sum | MeasureKeep.Distinct),
        ];
        Kept = rows.Length == 0 ? 0 : 3L * rows.Max();
        foreach (var count in rows)
        {
            var keys = Keys.Keys.OrderBy(_ => random.Next()).Take(count > 1 ? random.Next(2, 6) : random.Next(0, 6)).ToArray();
            Orders.Add(new($"grain {Orders.Count} of {count}", keys));
            Groups.Add(Rows(count, keys, random));
        }
        Fold = new()
        {
            Name = "events",
            Source = new("events", ["data/*.csv"], [new("id", BigInt, EpochUnit.Milliseconds), new("country", LogicalType.Of(TypeKind.Varchar))]),
            Derived = [new("day", new BucketTerm(TimeBucket.Day, new ColumnTerm("id")))],
            Grains = [.. Orders.Select(o => new Grain(o.Name, o.Keys))],
        };
    }

    public Fold Fold { get; }

    public Dictionary<string, KeyDomain> Keys { get; } = [];

    public IReadOnlyList<StoredMeasure> Measures { get; }

    public List<GrainOrder> Orders { get; } = [];

    public List<GrainRows> Groups { get; } = [];

    /// <summary>Sum of the counts of each grain.</summary>
    public long Kept { get; }

    /// <summary>Writes the store, the groups of each grain in random cuts.</summary>
    public StoreManifest Publish(string path, int cuts = 1)
    {
        using var writer = Written(path, cuts);
        return writer.Publish("0.1.0", new(Kept + 3, Kept, 1, 2), [new("/data/a.csv", 12, DateTimeOffset.UnixEpoch.AddTicks(12_345_678), 9)]);
    }

    /// <summary>A store that is not published yet.</summary>
    public StoreWriter Written(string path, int cuts = 1)
    {
        var random = new Random(cuts);
        var writer = StoreWriter.Create(path);
        File.WriteAllText(writer.NewFallback("part.parquet"), "rows");
        writer.Begin(Fold, Keys, Measures, Orders);
        for (var grain = 0; grain < Groups.Count; grain++)
        {
            var rows = Groups[grain];
            for (var from = 0; from < rows.Rows;)
            {
                var count = cuts == 1 ? rows.Rows : Math.Min(rows.Rows - from, random.Next(0, (2 * rows.Rows / cuts) + 2));
                writer.Write(grain, Cut(rows, from, count));
                from += count;
            }
        }
        return writer;
    }

    static KeyDomain Domain(string name, Random random) => name switch
    {
        "day" => new LinearDomain(LogicalType.Of(TypeKind.Date), -5 + random.Next(10), 366, TimeBucket.Day),
        "id" => new LinearDomain(BigInt, long.MinValue + random.Next(), random.Next(2) == 0 ? 70_000 : uint.MaxValue - 1),
        "country" => Texts(random),
        "price" => new NumberDomain(BigInt, Enumerable.Range(0, 400).Select(_ => random.NextInt64(long.MinValue, long.MaxValue)).Distinct().Order().ToArray()),
        _ => new LinearDomain(LogicalType.Of(TypeKind.Boolean), 0, 2),
    };

    static TextDomain Texts(Random random)
    {
        string[] words = ["", "a", "ä", "US", "\0", "\U0001F600", "a,\"b\"\n", new('x', 300)];
        var texts = words.Concat(Enumerable.Range(0, random.Next(300)).Select(i => $"key {i}")).Select(Encoding.UTF8.GetBytes)
            .Order(Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))).ToList();
        var end = 0L;
        return new(LogicalType.Of(TypeKind.Varchar), texts.Select(t => end += t.Length).ToArray(), texts.SelectMany(t => t).ToArray(), IsInOrder: true);
    }

    GrainRows Rows(int count, string[] keys, Random random)
    {
        if (keys.Length == 0) count = Math.Min(count, 1);
        var groups = new SortedSet<uint[]>(Comparer<uint[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)));
        var room = keys.Aggregate(1d, (product, key) => product * (Keys[key].Count + 1d));
        count = (int)Math.Min(count, Math.Ceiling(room / 2));
        while (groups.Count < count) groups.Add([.. keys.Select(k => (uint)random.NextInt64((long)Keys[k].Count + 1))]);
        var sorted = groups.ToArray();
        var counts = new long[count];
        Array.Fill(counts, 1);
        if (count > 0)
        {
            counts[random.Next(count)] += Kept - count;
            for (var i = 0; i < count / 10; i++) Move(counts, random);
        }
        return new()
        {
            Rows = count,
            Keys = [.. keys.Select((_, k) => sorted.Select(g => g[k]).ToArray())],
            Counts = counts,
            Measures = [.. Measures.Select(m => States(m, count, random))],
        };
    }

    static void Move(long[] counts, Random random)
    {
        var (from, to) = (Array.IndexOf(counts, counts.Max()), random.Next(counts.Length));
        var some = random.NextInt64(counts[from]);
        counts[from] -= some;
        counts[to] += some;
    }

    static MeasureRows States(StoredMeasure measure, int rows, Random random)
    {
        var share = measure.Of == "nothing" ? 0 : random.Next(4) switch { 0 => 1, 1 => 0.01, _ => random.NextDouble() };
        var bits = random.Next(1, 64);
        var whole = random.Next(2) == 0 ? 127 : bits;
        return new()
        {
            Counts = Make(() => random.NextDouble() < share ? 1 + random.NextInt64(1L << (bits - 1)) : 0),
            Sums = measure.IsFloating ? Make(() => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))) : null,
            WholeSums = measure.IsFloating ? null : Make(() => new Int128((ulong)random.NextInt64(), (ulong)random.NextInt64() << 1) >> (127 - whole)),
            Min = Make(() => random.NextInt64(long.MinValue, long.MaxValue) >> (64 - bits)),
            Max = Make(() => random.NextInt64(long.MinValue, long.MaxValue)),
            SumSquares = Make(random.NextDouble),
            Sketches = Make<byte[]?>(() => [.. Enumerable.Range(0, random.Next(5)).Select(i => (byte)i)]),
        };

        T[] Make<T>(Func<T> next) => [.. Enumerable.Range(0, rows).Select(_ => next())];
    }

    static GrainRows Cut(GrainRows rows, int from, int count)
    {
        return new()
        {
            Rows = count,
            Keys = [.. rows.Keys.Select(k => Slice(k)!)],
            Counts = Slice(rows.Counts)!,
            Measures = [.. rows.Measures.Select(Measure)],
        };

        MeasureRows Measure(MeasureRows m) => new()
        {
            Counts = Slice(m.Counts)!,
            Sums = Slice(m.Sums),
            WholeSums = Slice(m.WholeSums),
            Min = Slice(m.Min),
            Max = Slice(m.Max),
            SumSquares = Slice(m.SumSquares),
            Sketches = Slice(m.Sketches),
        };

        // Longer than the rows, as the fold's arrays are.
        T[]? Slice<T>(T[]? all) => all is null ? null : [.. all.AsSpan(from, count), .. new T[3]];
    }
}
