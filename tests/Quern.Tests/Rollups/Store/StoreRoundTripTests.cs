using Quern.Folding.Declared;
using Quern.Folding.Results;
using Quern.Rollups.Store;
using Quern.Tests.Files;

namespace Quern.Tests.Rollups.Store;

public sealed class StoreRoundTripTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            var sample = new SampleStore(seed, [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(1, 400))]);
            Check(sample, $"seed {seed}", cuts: 1 + (seed % 7));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16_384)]
    [InlineData(16_385)]
    [InlineData(40_000)]
    public void Blocks_end_where_they_are_full_however_rows_come(int rows) => Check(new(rows, rows, 1), $"{rows} rows", cuts: 5);

    [Fact]
    public void A_fold_of_no_rows_makes_a_store_of_empty_grains() => Check(new(1, 0, 0), "no rows", cuts: 1);

    [Fact]
    public void The_manifest_says_what_was_folded()
    {
        var sample = new SampleStore(4, 100, 7);
        var written = sample.Publish(_scratch["store"]);
        using var files = RollupFiles.Open(_scratch["store"]);
        var read = files.Manifest;
        Assert.Equal(FoldJson.Write(sample.Fold).ToJsonString(), FoldJson.Write(read.Fold).ToJsonString());
        Assert.Equal(ManifestJson.Write(written).ToJsonString(), ManifestJson.Write(read).ToJsonString());
        Assert.Equal(new(sample.Kept + 3, sample.Kept, 1, 2), read.Rows);
        Assert.Equal(new("/data/a.csv", 12, DateTimeOffset.UnixEpoch.AddTicks(12_345_678), 9), Assert.Single(read.Sources));
        Assert.Equal("rows", File.ReadAllText(Assert.Single(files.Fallback)));
        Assert.Equal(
            _scratch.Names("store").Where(n => !n.EndsWith('/') && n != "manifest.json"),
            read.Files.Select(f => f.Path));
    }

    [Fact]
    public void Groups_that_do_not_ascend_are_refused()
    {
        var sample = new SampleStore(3, 50);
        using var writer = sample.Written(_scratch["store"]);
        Assert.Throws<InvalidOperationException>(() => writer.Write(0, sample.Groups[0]));
    }

    [Fact]
    public void Two_builds_give_the_same_bytes()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var sample = new SampleStore(seed, 20_000, 30, 1);
            sample.Publish(_scratch["one"], cuts: 1);
            sample.Publish(_scratch["two"], cuts: 9);
            Assert.Equal(_scratch.Names("one"), _scratch.Names("two"));
            foreach (var name in _scratch.Names("one").Where(n => !n.EndsWith('/')))
                Assert.True(File.ReadAllBytes(_scratch[$"one/{name}"]).AsSpan().SequenceEqual(File.ReadAllBytes(_scratch[$"two/{name}"])), $"seed {seed}: {name}");
        }
    }

    void Check(SampleStore sample, string context, int cuts)
    {
        sample.Publish(_scratch["store"], cuts);
        using var files = RollupFiles.Open(_scratch["store"]);
        files.Verify();
        Assert.Equal(sample.Orders.Select(o => o.Name), files.Grains.Select(g => g.Name));
        foreach (var key in files.Keys) SameDomain(sample.Keys[key.Name], key.Domain, $"{context}: {key.Name}");
        for (var g = 0; g < files.Grains.Count; g++) SameRows(sample, sample.Groups[g], files.Grains[g], $"{context}: {files.Grains[g].Name}");
    }

    static void SameRows(SampleStore sample, GrainRows rows, StoredGrain grain, string context)
    {
        Assert.True(grain.Rows == rows.Rows, context);
        var first = 0;
        for (var b = 0; b < grain.Blocks; b++)
        {
            var block = grain[b];
            Assert.True(block.FirstRow == first, context);
            for (var k = 0; k < grain.Keys.Count; k++)
            {
                var codes = rows.Keys[k].AsSpan(first, block.Rows);
                var read = new uint[block.Rows];
                block.Key(k).CopyTo(0, read);
                Assert.True(codes.SequenceEqual(read), $"{context}: key {k}");
                Assert.True(codes[^1] == block.Key(k)[block.Rows - 1], context);
                Assert.True(codes.ToArray().Min() == grain.Low(b, k) && codes.ToArray().Max() == grain.High(b, k), $"{context}: range of key {k}");
            }
            var counts = new long[block.Rows];
            block.Counts.CopyTo(0, counts);
            Assert.True(counts.AsSpan().SequenceEqual(rows.Counts.AsSpan(first, block.Rows)), $"{context}: counts");
            for (var m = 0; m < grain.Measures.Count; m++) SameStates(sample.Measures[m].Keep, rows.Measures[m], block, m, first, $"{context}: measure {m}");
            first += block.Rows;
        }
        Assert.True(first == rows.Rows, context);
    }

    static void SameStates(MeasureKeep keep, MeasureRows rows, GrainBlock block, int measure, int first, string context)
    {
        var states = block.Measure(measure);
        var counts = rows.Counts.AsSpan(first, block.Rows);
        Assert.True(states.Present == counts.ToArray().Count(c => c > 0), context);
        var at = 0;
        for (var i = 0; i < block.Rows; i++)
        {
            var row = first + i;
            if (counts[i] == 0)
            {
                Assert.True(states.IndexOf(i) == -1, context);
                continue;
            }
            Assert.True(states.IndexOf(i) == at, context);
            Assert.True(states.Counts[at] == counts[i], context);
            if (keep.HasFlag(MeasureKeep.Sum))
            {
                if (rows.Sums is { } sums) Assert.True(Bits(states.Sums.Doubles[at]) == Bits(sums[row]), context);
                else Assert.True(states.Sums.Whole(at) == rows.WholeSums![row], context);
            }
            if (keep.HasFlag(MeasureKeep.Min)) Assert.True(states.Min[at] == rows.Min![row], context);
            if (keep.HasFlag(MeasureKeep.Max)) Assert.True(states.Max[at] == rows.Max![row], context);
            if (keep.HasFlag(MeasureKeep.SumSquares)) Assert.True(states.SumSquares.Doubles[at] == rows.SumSquares![row], context);
            if (keep.HasFlag(MeasureKeep.Distinct)) Assert.True(states.Sketch(at).SequenceEqual(rows.Sketches![row]), context);
            at++;
        }
        if (!keep.HasFlag(MeasureKeep.Min)) return;
        var least = new long[at];
        states.Min.CopyTo(0, least);
        Assert.True(least.SequenceEqual(rows.Min!.Skip(first).Take(block.Rows).Where((_, i) => rows.Counts[first + i] > 0)), context);
    }

    static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    static void SameDomain(KeyDomain wanted, KeyDomain found, string context)
    {
        Assert.True(wanted.Type.Equals(found.Type) && wanted.Count == found.Count && wanted.IsSorted == found.IsSorted, context);
        switch (wanted)
        {
            case LinearDomain linear:
                Assert.Equal(linear, found);
                break;
            case NumberDomain numbers:
                Assert.True(numbers.Values.Span.SequenceEqual(((NumberDomain)found).Values.Span), context);
                break;
            case TextDomain texts:
                for (var code = 0u; code < texts.Count; code++) Assert.True(texts[code].SequenceEqual(((TextDomain)found)[code]), context);
                break;
        }
    }
}
