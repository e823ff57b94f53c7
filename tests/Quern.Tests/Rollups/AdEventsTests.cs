using System.Globalization;
using System.Text.Json;
using Quern.Rollups;

namespace Quern.Tests.Rollups;

/// <summary>The reference queries over generated events, against answers that another program gave: see Cases/events.</summary>
public sealed class AdEventsTests(AdEvents events) : IClassFixture<AdEvents>
{
    const double Tolerance = 1e-9;

    static readonly string Cases = Path.Combine(AppContext.BaseDirectory, "Cases", "events");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Path.Combine(Cases, "queries"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_events_are_those_that_were_answered_for() =>
        Assert.Equal("2abe7eae74a6ff20a37790a7e66f6250be7c6d8a9816b76a5bc6447de5d25eaf", events.Hash);

    [Theory]
    [MemberData(nameof(Names))]
    public void Rollups_answer_as_expected(string name) => Check(name, events.Store("raw", r => r with { Fallback = "raw" }), useRollups: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_in_Parquet_answer_as_expected(string name) => Check(name, events.Store("parquet", r => r), useRollups: false);

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_in_CSV_answer_as_expected(string name) => Check(name, events.Store("raw", r => r with { Fallback = "raw" }), useRollups: false);

    [Fact]
    public void Grains_answer_most_of_them()
    {
        using var store = RollupStore.Open(events.Store("raw", r => r with { Fallback = "raw" }));
        Assert.Equal(16, Names.Count(name => store.Query(Query(name.Data)).AnsweredBy != RollupStore.FallbackName));
    }

    [Fact]
    public void The_same_rows_give_the_same_grains_whatever_the_threads()
    {
        var one = events.Store("one", r => r with { Fallback = "raw", Threads = 1 });
        var three = events.Store("three", r => r with { Fallback = "raw", Threads = 3 });
        foreach (var path in Directory.EnumerateFiles(one, "*", SearchOption.AllDirectories).Where(p => !p.EndsWith("manifest.json", StringComparison.Ordinal)))
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(path.Replace(one, three, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_build_of_files_that_have_not_changed_does_nothing()
    {
        var path = events.Store("again", r => r with { Fallback = "raw" });
        var before = Directory.GetCreationTimeUtc(path);
        Assert.Equal(0, events.Build(path, r => r with { Fallback = "raw" }).Read);
        Assert.Equal(before, Directory.GetCreationTimeUtc(path));
        Assert.Equal(200_000, events.Build(path, r => r with { Fallback = "raw", Rebuild = true }).Read);
    }

    static string Query(string name) => File.ReadAllText(Path.Combine(Cases, "queries", name + ".json"));

    /// <summary>Headers are equal; the order keys come in sequence; rows are equal as a multiset, numbers nearly.</summary>
    static void Check(string name, string path, bool useRollups)
    {
        using var store = RollupStore.Open(path);
        var query = Query(name);
        using var output = new MemoryStream();
        store.Query(query, useRollups).WriteCsv(output);
        var got = Lines(System.Text.Encoding.UTF8.GetString(output.ToArray()));
        var expected = Lines(File.ReadAllText(Path.Combine(Cases, "expected-200k", name + ".csv")));
        Assert.Equal(expected[0], got[0]);
        Assert.Equal(expected.Count, got.Count);
        foreach (var column in OrderColumns(query, expected[0]))
            Assert.All(expected.Zip(got).Skip(1), pair => AssertCell(pair.First[column], pair.Second[column], name));
        foreach (var (first, second) in Sorted(expected).Zip(Sorted(got)))
            for (var column = 0; column < first.Length; column++) AssertCell(first[column], second[column], name);
    }

    static List<string[]> Lines(string csv) => [.. csv.TrimEnd('\n').Split('\n').Select(line => line.Split(','))];

    /// <summary>Texts and whole numbers first, which are equal to the letter; numbers after them.</summary>
    static IEnumerable<string[]> Sorted(List<string[]> rows) => rows.Skip(1)
        .OrderBy(row => string.Join(',', row.Where(cell => !IsReal(cell))), StringComparer.Ordinal)
        .ThenBy(row => row.Where(IsReal).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).DefaultIfEmpty().First());

    static bool IsReal(string cell) => cell.AsSpan().IndexOfAny('.', 'e') >= 0 && double.TryParse(cell, CultureInfo.InvariantCulture, out _);

    static void AssertCell(string expected, string got, string name)
    {
        if (expected == got) return;
        var isNumber = double.TryParse(expected, CultureInfo.InvariantCulture, out var one) & double.TryParse(got, CultureInfo.InvariantCulture, out var other);
        Assert.True(isNumber && Math.Abs(one - other) <= Tolerance * Math.Max(Math.Abs(one), Math.Abs(other)), $"{name}: \"{got}\" in place of \"{expected}\"");
    }

    static IEnumerable<int> OrderColumns(string query, string[] header)
    {
        using var document = JsonDocument.Parse(query);
        if (!document.RootElement.TryGetProperty("order_by", out var order)) return [];
        return [.. order.EnumerateArray().Select(o => Array.IndexOf(header, o.GetProperty("col").GetString())).Where(at => at >= 0)];
    }
}
