using System.Globalization;
using Quern.Chunks;

namespace Quern.Csv.Inference;

/// <summary>The type that a column gets from what its cells have shown, and why.</summary>
/// <remarks>
/// <para>Cells of one family widen: whole numbers by width, then fixed point or double; days to moments to moments with a zone. Cells
/// of two families are text. Nothing that a cell says may be lost: zeros in front, a plus, digits that a double does not hold.</para>
/// <para>Numbers with a point are doubles, as rivals read them, but DECIMAL where the text says that the digits are counted: all cells
/// have the same number of digits behind the point, two to four, and no more than 18 in all (money, rates). Long fractions are doubles
/// that a program has printed: as decimals of 128 bits they would take four times the space and time, and keep noise.</para>
/// <para>Whole numbers beyond 64 bits are HUGEINT, up to the 38 digits that decimals of Parquet and Arrow hold; longer ones are text, as no
/// output could keep them.</para>
/// </remarks>
sealed record TypeChoice
{
    /// <summary>Digits of a decimal that is kept in 64 bits.</summary>
    const int UsualPrecision = 18;

    const int MostPrecision = 38;
    const int LeastMoneyScale = 2;
    const int MostMoneyScale = 4;

    static readonly CellShape[] Texts = [CellShape.ZeroLed, CellShape.PlusLed, CellShape.Comma, CellShape.Json, CellShape.Text];
    static readonly CellShape[] Wholes = [CellShape.Whole32, CellShape.Whole64, CellShape.WholeU64, CellShape.Whole128, CellShape.Huge];
    static readonly CellShape[] Reals = [CellShape.Point, CellShape.Exponent, CellShape.Special];

    static readonly CellShape[] Moments =
    [
        CellShape.Date, CellShape.Timestamp, CellShape.TimestampNanos, CellShape.TimestampTz, CellShape.TimestampTzNanos,
    ];

    static readonly CellShape[][] Families =
        [[CellShape.Boolean], [.. Wholes, .. Reals], Moments, [CellShape.Time], [CellShape.Uuid], [CellShape.Form], Texts];

    /// <summary>The type.</summary>
    public required LogicalType Type { get; init; }

    /// <summary>How moments are written; null for ISO 8601.</summary>
    public string? Format { get; init; }

    /// <summary>Words that stand for NULL in this column; empty for none.</summary>
    public IReadOnlyList<string> NullWords { get; init; } = [];

    /// <summary>Why it is this type and no narrower one, where that is no matter of course; a few words.</summary>
    public string? Because { get; init; }

    /// <summary>The first cell that asks for this type; none where all do.</summary>
    public Witness WidenedAt { get; init; } = Witness.None;

    /// <summary>Whether the words of <see cref="NullWords"/> are NULL wherever they come.</summary>
    public bool IsText => Type.Kind == TypeKind.Varchar;

    /// <summary>Chooses.</summary>
    /// <param name="facts">Of the column.</param>
    /// <param name="isAll">They are those of every row: no wider number can follow.</param>
    /// <param name="guessNulls">Words that files write for NULL may be taken for it.</param>
    public static TypeChoice Of(ColumnFacts facts, bool isAll, bool guessNulls = true)
    {
        var families = Families.Where(family => family.Any(shape => facts[shape].Count > 0)).ToList();
        var words = facts[CellShape.NullWord];
        // NaN alone may be a name; beside numbers it is one of them.
        var hasNumbers = Wholes.Concat(Reals).Any(s => s != CellShape.Special && facts[s].Count > 0);
        var isSpecialOnly = !hasNumbers && facts[CellShape.Special].Count > 0;
        if (families.Count == 0) return NoValue(facts, words, guessNulls);
        if (families.Count > 1 || families[0] == Texts || isSpecialOnly || (words.Count > 0 && !guessNulls))
            return Text(facts, families, guessNulls);
        var choice = OfFamily(facts, families[0], isAll);
        if (words.Count == 0) return choice;
        return choice.IsText ? choice with { NullWords = Spelled(facts, true) } : choice with { NullWords = Spelled(facts, false) };
    }

    static TypeChoice OfFamily(ColumnFacts facts, CellShape[] family, bool isAll)
    {
        if (family == Moments) return OfMoments(facts);
        return family[0] switch
        {
            CellShape.Boolean => Plain(TypeKind.Boolean),
            CellShape.Time => Plain(TypeKind.Time),
            CellShape.Uuid => Plain(TypeKind.Uuid),
            CellShape.Form => OfForms(facts),
            _ => Reals.Any(shape => facts[shape].Count > 0) ? OfReals(facts) : OfWholes(facts, isAll),
        };
    }

    static TypeChoice OfWholes(ColumnFacts facts, bool isAll)
    {
        if (facts[CellShape.Huge] is { Count: > 0 } huge)
            return Plain(TypeKind.Varchar) with { Because = "a whole number of more than 38 digits", WidenedAt = huge.First };
        var unsigned = facts[CellShape.WholeU64];
        var first = Witness.First(facts[CellShape.Whole128].First, unsigned.First);
        if (facts[CellShape.Whole128].Count > 0 || (unsigned.Count > 0 && IsNegative(facts.Numbers.Least)))
            return Plain(TypeKind.HugeInt) with { Because = "a number beyond 64 bits", WidenedAt = first };
        if (unsigned.Count > 0) return Plain(TypeKind.UBigInt) with { Because = "a number beyond 63 bits", WidenedAt = first };
        if (facts[CellShape.Whole64] is { Count: > 0 } wide)
            return Plain(TypeKind.BigInt) with { Because = "a number beyond 32 bits", WidenedAt = wide.First };
        return isAll ? Plain(TypeKind.Integer) : Plain(TypeKind.BigInt) with { Because = "a sample does not know the largest number" };
    }

    static TypeChoice OfReals(ColumnFacts facts)
    {
        var points = facts[CellShape.Point];
        var others = Wholes.Sum(shape => facts[shape].Count);
        var isFixed = facts[CellShape.Exponent].Count + facts[CellShape.Special].Count == 0;
        var (whole, scale) = (facts.MostWhole, facts.MostScale);
        var first = others == 0 ? Witness.None : First(facts, Reals);
        if (isFixed && others == 0 && facts.LeastScale == scale && scale is >= LeastMoneyScale and <= MostMoneyScale
            && whole + scale <= UsualPrecision)
        {
            return new TypeChoice
            {
                Type = LogicalType.Decimal(UsualPrecision, scale),
                Because = FormattableString.Invariant($"{scale} digits behind the point in all {points.Count:N0} values"),
            };
        }
        if (facts.Long.Count == 0) return Plain(TypeKind.Double) with { WidenedAt = first };
        var digits = whole + scale;
        var exact = isFixed && digits <= MostPrecision
            ? FormattableString.Invariant($": DECIMAL({MostPrecision},{scale}) would keep all") : "";
        return Plain(TypeKind.Double) with
        {
            Because = facts.IsLongWhole
                ? $"whole numbers beyond 53 bits beside others, which a double rounds{exact}"
                : string.Create(CultureInfo.InvariantCulture, $"digits beyond the 17 that a double keeps are rounded away{exact}"),
            WidenedAt = facts.Long.First,
        };
    }

    static TypeChoice OfMoments(ColumnFacts facts)
    {
        var (days, nanos, zones) = (facts[CellShape.Date], facts[CellShape.TimestampNanos], facts[CellShape.TimestampTz]);
        var exact = facts[CellShape.TimestampTzNanos];
        if (exact.Count > 0 || (nanos.Count > 0 && zones.Count > 0))
        {
            return Plain(TypeKind.Varchar) with
            {
                Because = "moments with a zone and more than six digits of a second",
                WidenedAt = exact.Count > 0 ? exact.First : First(facts, [CellShape.TimestampNanos, CellShape.TimestampTz]),
            };
        }
        var naive = days.Count + facts[CellShape.Timestamp].Count;
        if (zones.Count > 0)
        {
            return naive == 0 ? Plain(TypeKind.TimestampTz) : Plain(TypeKind.TimestampTz) with
            {
                Because = "some moments have a zone; those without are UTC",
                WidenedAt = zones.First,
            };
        }
        if (nanos.Count > 0)
            return Plain(TypeKind.TimestampNanos) with { Because = "more than six digits of a second", WidenedAt = nanos.First };
        var times = facts[CellShape.Timestamp];
        if (times.Count == 0) return Plain(TypeKind.Date);
        if (days.Count == 0) return Plain(TypeKind.Timestamp);
        return Plain(TypeKind.Timestamp) with { Because = "some days have a time", WidenedAt = times.First };
    }

    static TypeChoice OfForms(ColumnFacts facts)
    {
        var values = facts[CellShape.Form].Count;
        var fitting = Enumerable.Range(0, DateForms.Count).Where(form => facts.Form(form).Count == values).ToList();
        if (fitting is [var form])
        {
            return new TypeChoice
            {
                Type = LogicalType.Of(DateForms.IsDay(form) ? TypeKind.Date : TypeKind.Timestamp),
                Format = DateForms.Name(form),
                Because = DateForms.Twin(form) < 0 ? null : "a day above 12 tells it from the month",
                WidenedAt = facts.Decisive.GetValueOrDefault(form, Witness.None),
            };
        }
        var first = facts[CellShape.Form].First;
        return Plain(TypeKind.Varchar) with
        {
            Because = fitting.Count == 0
                ? "days in several spellings"
                : $"days that may be {string.Join(" or ", fitting.Select(DateForms.Name))}: none is above 12",
            WidenedAt = first,
        };
    }

    static TypeChoice Text(ColumnFacts facts, List<CellShape[]> families, bool guessNulls)
    {
        var spelled = guessNulls ? Spelled(facts, true) : [];
        var counted = Texts.Where(s => facts[s].Count > 0).ToList();
        if (families is [var only] && only == Texts && counted.Count == 1)
            return Plain(TypeKind.Varchar) with { NullWords = spelled, Because = Reason(counted[0]) };
        if (families.Count == 1 && families[0] != Texts) return Plain(TypeKind.Varchar) with { NullWords = spelled };
        // The family of the first cell was the type so far; what is none of it has widened it.
        var leader = families.MinBy(family => First(facts, family).Place)!;
        var others = Families.Where(family => family != leader).SelectMany(family => family);
        var witness = First(facts, others);
        var coded = Array.Find([CellShape.ZeroLed, CellShape.PlusLed], s => facts[s].Count > 0);
        var isCode = coded != default && facts[CellShape.Text].Count + facts[CellShape.Json].Count + facts[CellShape.Comma].Count == 0
            && families.All(f => f == Texts || f[0] == CellShape.Whole32);
        return Plain(TypeKind.Varchar) with
        {
            NullWords = spelled,
            Because = isCode ? Reason(coded) : witness.IsSeen ? "values of several kinds" : null,
            WidenedAt = isCode ? facts[coded].First : witness,
        };
    }

    static TypeChoice NoValue(ColumnFacts facts, ShapeCount words, bool guessNulls) => Plain(TypeKind.Varchar) with
    {
        NullWords = guessNulls ? Spelled(facts, true) : [],
        Because = words.Count > 0 ? null : "no value in any row",
    };

    static string? Reason(CellShape shape) => shape switch
    {
        CellShape.ZeroLed => "zeros in front, as codes have",
        CellShape.PlusLed => "a plus in front, as numbers of telephones have",
        CellShape.Comma => "numbers with a comma",
        CellShape.Json => "looks like JSON",
        _ => null,
    };

    /// <summary>The words that stand for NULL: of text only the one that cannot be meant.</summary>
    static List<string> Spelled(ColumnFacts facts, bool isText) =>
    [
        .. Enumerable.Range(0, Inference.NullWords.All.Count)
            .Where(word => facts.Word(word).Count > 0 && (!isText || word == Inference.NullWords.Always))
            .Select(word => Inference.NullWords.All[word]),
    ];

    static Witness First(ColumnFacts facts, IEnumerable<CellShape> shapes) =>
        shapes.Aggregate(Witness.None, (first, shape) => Witness.First(first, facts[shape].First));

    static bool IsNegative(byte[]? text) => text is [(byte)'-', ..] or [(byte)' ', ..];

    static TypeChoice Plain(TypeKind kind) => new() { Type = LogicalType.Of(kind) };
}
