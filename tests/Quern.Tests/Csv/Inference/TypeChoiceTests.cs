using System.Text;
using Quern.Chunks;
using Quern.Csv.Inference;
using Quern.Duck;
using Quern.Tests.Duck;

namespace Quern.Tests.Csv.Inference;

public sealed class TypeChoiceTests : IDisposable
{
    const int Columns = 2000;

    readonly DuckSession _session = TestDuck.Memory();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("1|2", "INTEGER")]
    [InlineData("1|3000000000", "BIGINT", "a number beyond 32 bits", 2)]
    [InlineData("1|9223372036854775808", "UBIGINT", "a number beyond 63 bits", 2)]
    [InlineData("-1|9223372036854775808", "HUGEINT", "a number beyond 64 bits", 2)]
    [InlineData("1|99999999999999999999999999999999999999", "HUGEINT", "a number beyond 64 bits", 2)]
    [InlineData("1|100000000000000000000000000000000000000", "VARCHAR", "a whole number of more than 38 digits", 2)]
    [InlineData("-1|-100000000000000000000000000000000000000", "VARCHAR", "a whole number of more than 38 digits", 2)]
    [InlineData("1|0.5", "DOUBLE", null, 2)]
    [InlineData("1.5|2.25", "DOUBLE")]
    [InlineData("1.50|2.25", "DECIMAL(18,2)", "2 digits behind the point in all 2 values")]
    [InlineData("1.50|2", "DOUBLE", null, 1)]
    [InlineData("1.5|2.5", "DOUBLE")]
    [InlineData("1.50|1e3", "DOUBLE")]
    [InlineData("0.12345678901234567|812.3456789012345", "DOUBLE")]
    [InlineData("1.5|0.1234567890123456789", "DOUBLE", "digits beyond the 17 that a double keeps are rounded away: DECIMAL(38,19) would keep all", 2)]
    [InlineData("1.5|12345678901234567890.1234567890123456789", "DOUBLE", "digits beyond the 17 that a double keeps are rounded away", 2)]
    [InlineData("1.5|9007199254740993", "DOUBLE", "whole numbers beyond 53 bits beside others, which a double rounds: DECIMAL(38,1) would keep all", 2)]
    [InlineData("1e3|9007199254740993", "DOUBLE", "whole numbers beyond 53 bits beside others, which a double rounds", 2)]
    [InlineData("1234567890123456.50|1.25", "DECIMAL(18,2)", "2 digits behind the point in all 2 values")]
    [InlineData("12345678901234567.50|1.25", "DOUBLE", "digits beyond the 17 that a double keeps are rounded away: DECIMAL(38,2) would keep all", 1)]
    [InlineData("00012.5|1.5", "VARCHAR", "zeros in front, as codes have", 1)]
    [InlineData("1|1e300", "DOUBLE", null, 2)]
    [InlineData("1|nan", "DOUBLE", null, 2)]
    [InlineData("nan|inf", "VARCHAR")]
    [InlineData("1|007", "VARCHAR", "zeros in front, as codes have", 2)]
    [InlineData("+49301|+49302", "VARCHAR", "a plus in front, as numbers of telephones have")]
    [InlineData("1|x|2", "VARCHAR", "values of several kinds", 2)]
    [InlineData("1,5|2,5", "VARCHAR", "numbers with a comma")]
    [InlineData("{}|[1]", "VARCHAR", "looks like JSON")]
    [InlineData("true|FALSE", "BOOLEAN")]
    [InlineData("true|1", "VARCHAR", "values of several kinds", 2)]
    [InlineData("2026-01-01|2026-01-02", "DATE")]
    [InlineData("2026-01-01|2026-01-02 10:00", "TIMESTAMP", "some days have a time", 2)]
    [InlineData("2026-01-01|2026-01-02 10:00Z", "TIMESTAMP WITH TIME ZONE", "some moments have a zone; those without are UTC", 2)]
    [InlineData("2026-01-01 10:00:00.123456789|2026-01-02", "TIMESTAMP_NS", "more than six digits of a second", 1)]
    [InlineData("2026-01-01 10:00:00.1234567Z|2026-01-02 10:00Z", "VARCHAR", "moments with a zone and more than six digits of a second", 1)]
    [InlineData("10:00|2026-01-01", "VARCHAR", "values of several kinds", 2)]
    [InlineData("10:00|11:00:01", "TIME")]
    [InlineData("01/02/2026|03/04/2026", "VARCHAR", "days that may be %d/%m/%Y or %m/%d/%Y: none is above 12", 1)]
    [InlineData("01/02/2026|2026-01-31", "VARCHAR", "values of several kinds", 2)]
    [InlineData("13/02/2026|02/13/2026", "VARCHAR", "days in several spellings", 1)]
    [InlineData("|", "VARCHAR", "no value in any row")]
    [InlineData("|1|", "INTEGER")]
    [InlineData("NA|1", "INTEGER")]
    [InlineData("NA|x", "VARCHAR")]
    public void The_type_is_the_narrowest_that_loses_nothing(string cells, string type, string? because = null, int widenedAt = 0)
    {
        var choice = TypeChoice.Of(Facts(cells.Split('|')), isAll: true);
        Assert.Equal((type, because), (choice.Type.ToString(), choice.Because));
        Assert.Equal(widenedAt, choice.WidenedAt.IsSeen ? choice.WidenedAt.Offset : 0);
    }

    [Theory]
    [InlineData("01/02/2026|03/14/2026", "DATE", "%m/%d/%Y", 2)]
    [InlineData("14/02/2026|03/04/2026", "DATE", "%d/%m/%Y", 1)]
    [InlineData("01.02.2026 10:00|03.04.2026 11:00", "TIMESTAMP", "%d.%m.%Y %H:%M", 0)]
    public void Other_spellings_of_days_get_their_format(string cells, string type, string format, int decidedAt)
    {
        var choice = TypeChoice.Of(Facts(cells.Split('|')), isAll: true);
        Assert.Equal((type, format), (choice.Type.ToString(), choice.Format));
        Assert.Equal(decidedAt, choice.WidenedAt.IsSeen ? choice.WidenedAt.Offset : 0);
    }

    [Fact]
    public void Words_for_NULL_are_NULL_where_all_else_is_no_text()
    {
        Assert.Equal(["NULL", "NA"], TypeChoice.Of(Facts(["NA", "NULL", "1"]), true).NullWords);
        Assert.Equal([], TypeChoice.Of(Facts(["NA", "Namibia"]), true).NullWords);
        Assert.Equal(["\\N"], TypeChoice.Of(Facts(["\\N", "NA", "Namibia"]), true).NullWords);
        Assert.Equal("VARCHAR", TypeChoice.Of(Facts(["NA", "1"]), true, guessNulls: false).Type.ToString());
    }

    [Fact]
    public void A_sample_does_not_say_that_numbers_are_small() =>
        Assert.Equal("BIGINT", TypeChoice.Of(Facts(["1", "2"]), isAll: false).Type.ToString());

    [Fact]
    public void The_same_cells_give_the_same_answer_in_any_order_and_any_parts()
    {
        for (var seed = 0; seed < Columns; seed++)
        {
            var random = new Random(seed);
            var cells = Cells.Column(random, random.Next(1, 60));
            var wanted = Shown(Facts(cells));
            var places = Enumerable.Range(0, cells.Count).ToArray();
            random.Shuffle(places);
            var parts = Enumerable.Range(0, random.Next(1, 5)).Select(_ => new ColumnFacts(true)).ToArray();
            foreach (var place in places) parts[random.Next(parts.Length)].Add(Encoding.UTF8.GetBytes(cells[place]), place + 1);
            random.Shuffle(parts);
            foreach (var part in parts[1..]) parts[0].Add(part);
            if (Shown(parts[0]) != wanted) Assert.Fail($"seed {seed}: {string.Join('|', cells)}\nwanted {wanted}\nfound  {Shown(parts[0])}");

            // Elsewhere the first cell of a kind is another one; the type stays.
            var types = TypeChoice.Of(Facts([.. places.Select(p => cells[p])]), true);
            Assert.Equal(TypeChoice.Of(Facts(cells), true).Type, types.Type);
        }
    }

    [Fact]
    public void The_engine_reads_every_cell_as_the_type_that_is_chosen()
    {
        var kinds = new HashSet<string>();
        for (var seed = 0; seed < Columns; seed++)
        {
            var cells = Cells.Column(new Random(seed), 20);
            var choice = TypeChoice.Of(Facts(cells), isAll: true);
            kinds.Add($"{choice.Type} {choice.Format}");
            var values = cells.Where(c => c.Length > 0 && !choice.NullWords.Contains(c)).ToList();
            if (values.Count == 0 || choice.Type.Kind == TypeKind.Varchar) continue;
            var read = choice.Format is { } format ? $"try_strptime(c, {Sql.Text(format)})::{choice.Type}" : $"try_cast(c as {choice.Type})";
            var bad = _session.Scalar<string>($"select min(c) from (select unnest({Sql.Texts(values)}) as c) where {read} is null");
            Assert.True(bad is null, $"seed {seed}: {bad} as {choice.Type} {choice.Format}");
        }
        Assert.True(kinds.Count > 15, string.Join(", ", kinds));
    }

    [Fact]
    public void What_is_no_double_survives_the_type_digit_by_digit()
    {
        for (var seed = 0; seed < Columns; seed++)
        {
            var cells = Cells.Column(new Random(seed), 10);
            var choice = TypeChoice.Of(Facts(cells), isAll: true);
            if (choice.Type.Kind is not (TypeKind.Integer or TypeKind.BigInt or TypeKind.UBigInt or TypeKind.HugeInt)) continue;
            var values = cells.Where(c => c.Length > 0 && !choice.NullWords.Contains(c)).ToList();
            var bad = _session.Scalar<string>($"select min(c) from (select unnest({Sql.Texts(values)}) as c) where c::{choice.Type}::varchar <> c");
            Assert.True(bad is null, $"seed {seed}: {bad} as {choice.Type}");
        }
    }

    static ColumnFacts Facts(IReadOnlyList<string> cells)
    {
        var facts = new ColumnFacts(measures: true);
        for (var i = 0; i < cells.Count; i++) facts.Add(Encoding.UTF8.GetBytes(cells[i]), i + 1);
        return facts;
    }

    static string Shown(ColumnFacts facts)
    {
        var choice = TypeChoice.Of(facts, isAll: true);
        return $"{choice.Type} {choice.Format} {choice.Because} {choice.WidenedAt} {string.Join(',', choice.NullWords)} {Encoding.UTF8.GetString(facts.Widest)} "
            + $"{Text(facts.Numbers)} {Text(facts.Moments)} {Text(facts.Texts!)} {facts.Distinct!.Estimate()} {facts.Cells}";
    }

    static string Text(Extremes extremes) =>
        extremes.Least is null ? "-" : $"{Encoding.UTF8.GetString(extremes.Least)}..{Encoding.UTF8.GetString(extremes.Most!)}";
}
