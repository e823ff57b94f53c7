using Quern.Folding.Declared;
using Quern.Folding.Expressions;
using Quern.Tests.House;

namespace Quern.Tests.Folding.Declared;

public sealed class FoldDeclarationsTests
{
    const string Columns = "    columns: {ts: epoch_ms, type: varchar, id: integer, price: double, amount: 'decimal(9,2)'}\n";

    [Fact]
    public void The_example_declares_eleven_grains_of_ad_events()
    {
        var fold = FoldDeclarations.Read(Repository.Absolute("examples/ad-events")).Find(null);
        Assert.Equal(("events", "UTC", FallbackKind.Parquet, false), (fold.Name, fold.Zone, fold.Fallback, fold.Incremental));
        Assert.Equal(["data/events_part_*.csv"], fold.Source.Files);
        Assert.Equal(9, fold.Source.Columns.Count);
        Assert.Equal(new SourceColumn("ts", Quern.Chunks.LogicalType.Of(Quern.Chunks.TypeKind.BigInt), EpochUnit.Milliseconds), fold.Source.Columns[0]);
        Assert.Equal(["day", "hour", "minute", "week"], fold.Derived.Select(d => d.Name));
        Assert.Equal(new BucketTerm(TimeBucket.Week, new ColumnTerm("ts")), fold.Derived[3].Expression);
        const MeasureKeep usual = MeasureKeep.Sum | MeasureKeep.Count | MeasureKeep.Min | MeasureKeep.Max;
        Assert.Equal([new("bid_price", usual), new("total_price", usual)], fold.Measures);
        Assert.Equal(11, fold.Grains.Count);
        Assert.Equal(["day", "publisher_id", "country", "type"], fold.Grains[10].Keys);
    }

    [Fact]
    public void All_keys_of_a_fold_are_read()
    {
        var fold = Parse(Fold(
            "    zone: Europe/Berlin\n    fallback: none\n    incremental: true\n    where: type <> 'test' and ts >= '2024-01-01'\n"
            + "    derive: {day: day(ts), cents: amount * 100, month: month(day), kind: lower(type)}\n"
            + "    measures: [count, {of: id, keep: distinct}, {of: cents, keep: [sum, sum_squares]}, {of: day, keep: max}]\n"
            + "    grains: {all: [], by_day: day, wide: [month, KIND, id]}\n"));
        Assert.Equal(("Europe/Berlin", FallbackKind.None, true), (fold.Zone, fold.Fallback, fold.Incremental));
        Assert.Equal(
            "type <> test, ts >= 1704063600000",
            string.Join(", ", ((AllTerm)fold.Where!).Terms.Cast<CompareTerm>().Select(
                c => $"{((ColumnTerm)c.Left).Name} {(c.How == Comparison.NotEqual ? "<>" : ">=")} {((Constant)c.Right).Value}")));
        Assert.Equal(new BucketTerm(TimeBucket.Month, new ColumnTerm("ts")), fold.Derived[2].Expression);
        Assert.Equal(MeasureKeep.Distinct | MeasureKeep.Count, fold.Measures[0].Keep);
        Assert.Equal(MeasureKeep.Sum | MeasureKeep.SumSquares | MeasureKeep.Count, fold.Measures[1].Keep);
        Assert.Equal([[], ["day"], ["month", "kind", "id"]], fold.Grains.Select(g => g.Keys.ToArray()));
    }

    [Fact]
    public void A_query_of_several_folds_names_one()
    {
        var two = FoldDeclarations.Parse(Fold("    grains: {a: [id]}\n") + "  other:\n    from: events\n    grains: {a: [id]}\n", "quern.yml");
        Assert.Equal("other", two.Find("other").Name);
        Assert.Equal("error QN7543: several folds are declared: name one\n  wanted  events, other", Error(() => two.Find(null)));
        Assert.Equal("error QN7543: there is no fold of this name\n  value   othr\n  wanted  events, other\n  try     other", Error(() => two.Find("othr")));
    }

    [Theory]
    [InlineData("    grains: {a: [idd]}", "QN7531: there is no column of this name\n  where   quern.yml line 8, column 18\n  value   idd\n  wanted  ts, type, id, price, amount\n  try     id")]
    [InlineData("    grains: {a: [price]}", "QN7538: groups cannot be made by this column\n  where   quern.yml line 8, column 18\n  value   price, which is DOUBLE")]
    [InlineData("    grains: {a: [id, ID]}", "QN7535: this name comes twice\n  where   quern.yml line 8, column 22\n  value   ID")]
    [InlineData("    grains: {a: [id, type], b: [type, id]}", "QN7539: two grains have the same keys\n  where   quern.yml line 8, column 29\n  value   b, as a")]
    [InlineData("    grains: {}", "QN7544: a fold has no grains\n  where   quern.yml line 8, column 13")]
    [InlineData("    zone: Europe/Berln\n    grains: {a: id}", "QN7537: there is no time zone of this name\n  where   quern.yml line 8, column 11\n  value   Europe/Berln\n  wanted  a name of the IANA database: UTC, Europe/Berlin\n  try     zone: Europe/Berlin")]
    [InlineData("    derive: {type: day(ts)}\n    grains: {a: id}", "QN7535: this name comes twice\n  where   quern.yml line 8, column 14\n  value   type")]
    [InlineData("    derive:\n      d: day(tz)\n    grains: {a: id}", "QN7531: there is no column of this name\n  where   quern.yml line 9, column 10\n  value   day(tz)\n              ^\n  wanted  ts, type, id, price, amount\n  try     ts")]
    [InlineData("    where: price\n    grains: {a: id}", "QN7532: the types of these values do not go together\n  where   quern.yml line 8, column 12\n  value   price\n          ^\n  wanted  a condition")]
    [InlineData("    measures: [{of: type, keep: [sum, count]}]\n    grains: {a: id}", "QN7536: a group cannot keep this of the column\n  where   quern.yml line 8, column 33\n  value   sum of type, which is VARCHAR\n  wanted  some of count, distinct\n  try     {of: type, keep: [count]}")]
    [InlineData("    measures: [{of: type}]\n    grains: {a: id}", "QN7536: a group cannot keep this of the column\n  where   quern.yml line 8, column 21\n  value   sum, min, max of type, which is VARCHAR")]
    [InlineData("    measures: [{of: id}, {of: id}]\n    grains: {a: id}", "QN7535: this name comes twice\n  where   quern.yml line 8, column 31\n  value   id")]
    [InlineData("    measures: [total]\n    grains: {a: id}", "QN7196: the value does not fit its key\n  where   quern.yml line 8, column 16, folds.events.measures\n  value   total\n  wanted  a list of count and of mappings with of, keep")]
    [InlineData("    measures: [{of: id, keep: [mean]}]\n    grains: {a: id}", "QN7196: the value does not fit its key\n  where   quern.yml line 8, column 31, folds.events.measures.keep\n  wanted  some of sum, count, min, max, sum_squares, distinct")]
    [InlineData("    fallback: csv\n    grains: {a: id}", "QN7196: the value does not fit its key\n  where   quern.yml line 8, column 15, folds.events.fallback\n  value   csv\n  wanted  parquet, raw, none")]
    [InlineData("    grain: {a: id}", "QN7195: there is no key of this name\n  where   quern.yml line 8, column 5\n  value   folds.events.grain\n")]
    [InlineData("    zone: UTC", "QN7193: a key is missing that has to be there\n  where   quern.yml line 7, column 5\n  value   folds.events.grains\n")]
    [InlineData("    grains: 5", "QN7196: the value does not fit its key\n  where   quern.yml line 8, column 13, folds.events.grains\n  value   5\n  wanted  names, each with a list of texts")]
    public void What_is_wrong_is_named_with_its_place(string rest, string error) =>
        Assert.StartsWith($"error {error}", Error(() => Parse(Fold(rest + "\n"))), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_source_is_named_with_the_nearest() => Assert.Equal(
        "error QN7541: there is no source of this name\n  where   quern.yml line 7, column 11\n  value   event\n  wanted  events\n  try     events",
        Error(() => Parse(Fold("    grains: {a: id}\n").Replace("from: events", "from: event", StringComparison.Ordinal))));

    [Fact]
    public void An_unknown_type_is_named_with_the_nearest() => Assert.StartsWith(
        "error QN7540: this is no type of a column\n  where   quern.yml line 4, column 64, column \"price\"\n  value   duble\n",
        Error(() => Parse(Fold("    grains: {a: id}\n").Replace("price: double", "price: duble", StringComparison.Ordinal))), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("version: 1\n")]
    public void A_file_without_folds_says_so(string text) => Assert.Equal(
        "error QN7542: no folds are declared here\n  where   quern.yml\n  wanted  a file quern.yml with the keys sources and folds", Error(() => Parse(text)));

    static string Fold(string rest) => $"version: 1\nsources:\n  events:\n{Columns}folds:\n  events:\n    from: events\n{rest}";

    static Fold Parse(string text) => FoldDeclarations.Parse(text, "quern.yml").Find(null);

    static string Error(Func<object> act) => Assert.Throws<QuernException>(act).Fault.ToString();

}
