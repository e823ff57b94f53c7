using System.Globalization;
using Quern.Chunks;
using Quern.Duck;
using Quern.Folding.Declared;

namespace Quern.Folding.Expressions;

/// <summary>Bound expressions as SQL of the engine, with the results that the kernel gives. Derived columns are written out.</summary>
/// <param name="columns">The columns of the fold.</param>
sealed class ExpressionSql(FoldColumns columns)
{
    const int MicrosPerMilli = 1000;
    const int MicrosPerSecond = 1_000_000;

    /// <summary>The SQL of an expression, in brackets where it needs them.</summary>
    public string Of(Expression node) => node switch
    {
        ColumnTerm column => columns.TryFind(column.Name, out var found) && found.Made is { } made ? Of(made) : Sql.Name(column.Name),
        Constant constant => Literal(constant.Value),
        BucketTerm bucket => Bucket(bucket),
        CallTerm call => Call(call),
        CaseTerm cases => Case(cases),
        CompareTerm compare => $"({Of(compare.Left)} {Sign(compare.How)} {Of(compare.Right)})",
        AllTerm all => Joined(all.Terms, " and ", "true"),
        AnyTerm any => Joined(any.Terms, " or ", "false"),
        NotTerm not => $"(not {Of(not.Term)})",
        InTerm { Values.Count: 0 } => "false",
        InTerm some => $"({Of(some.Of)} in ({string.Join(", ", some.Values.Select(Of))}))",
        BetweenTerm between => $"({Of(between.Of)} between {Of(between.From)} and {Of(between.To)})",
        IsNullTerm isNull => $"({Of(isNull.Of)} is null)",
        LikeTerm like => $"({Of(like.Of)} like {Sql.Text(like.Pattern)}{(like.Escape is { } escape ? $" escape {Sql.Text($"{escape}")}" : "")})",
        _ => throw new ArgumentException($"no SQL for {node.GetType().Name}", nameof(node)),
    };

    /// <summary>A constant.</summary>
    public static string Literal(object? value) => value switch
    {
        null => "NULL",
        bool flag => flag ? "true" : "false",
        long number => number < 0 ? $"({number.ToString(CultureInfo.InvariantCulture)}::BIGINT)" : number.ToString(CultureInfo.InvariantCulture),
        decimal number => number < 0 ? $"({number.ToString(CultureInfo.InvariantCulture)})" : number.ToString(CultureInfo.InvariantCulture),
        double number => $"CAST({Sql.Text(number.ToString("R", CultureInfo.InvariantCulture))} AS DOUBLE)",
        string text => Sql.Text(text),
        DateOnly day => Sql.Date(day),
        DateTime moment => string.Create(CultureInfo.InvariantCulture, $"TIMESTAMP '{moment:yyyy-MM-dd HH:mm:ss.ffffff}'"),
        _ => throw new ArgumentException($"no SQL for a constant of {value.GetType().Name}", nameof(value)),
    };

    /// <summary>The operator of a comparison.</summary>
    public static string Sign(Comparison how) => how switch
    {
        Comparison.Equal => "=",
        Comparison.NotEqual => "<>",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        _ => ">=",
    };

    string Joined(IReadOnlyList<Expression> terms, string between, string none) =>
        terms.Count == 0 ? none : $"({string.Join(between, terms.Select(Of))})";

    string Bucket(BucketTerm term)
    {
        var local = Local(term.Of);
        return term.Bucket switch
        {
            TimeBucket.Minute => $"date_trunc('minute', CAST({local} AS TIMESTAMP))",
            TimeBucket.Hour => $"date_trunc('hour', CAST({local} AS TIMESTAMP))",
            TimeBucket.Day => $"CAST({local} AS DATE)",
            _ => $"CAST(date_trunc('{term.Bucket.ToString().ToLowerInvariant()}', {local}) AS DATE)",
        };
    }

    // A moment as the clock of the zone shows it, or a day.
    string Local(Expression of)
    {
        if (of is not ColumnTerm name || columns[name.Name] is not { IsMoment: true } column) return Of(of);
        var sql = Sql.Name(column.Name);
        var utc = column.Epoch switch
        {
            EpochUnit.Seconds => $"make_timestamp({sql}::BIGINT * {MicrosPerSecond})",
            EpochUnit.Milliseconds => $"make_timestamp({sql}::BIGINT * {MicrosPerMilli})",
            EpochUnit.Microseconds => $"make_timestamp({sql}::BIGINT)",
            _ when column.Type.Kind == TypeKind.TimestampTz => $"timezone('UTC', {sql})",
            _ => $"CAST({sql} AS TIMESTAMP)",
        };
        return IsUtc(columns.Zone) ? utc : $"timezone({Sql.Text(columns.Zone.Id)}, timezone('UTC', {utc}))";
    }

    static bool IsUtc(TimeZoneInfo zone) => zone.Equals(TimeZoneInfo.Utc) || zone.Id is "UTC" or "Etc/UTC";

    string Call(CallTerm call) => Call(call, Of);

    /// <summary>A function of arguments that are spelled by someone else.</summary>
    public string Call(CallTerm call, Func<Expression, string> spell)
    {
        var of = call.Arguments.Select(spell).ToArray();
        var wide = call.Arguments.Select((a, i) => Wide(a, of[i])).ToArray();
        return call.Function switch
        {
            ScalarFunction.Add => $"({wide[0]} + {wide[1]})",
            ScalarFunction.Subtract => $"({wide[0]} - {wide[1]})",
            ScalarFunction.Multiply => $"({wide[0]} * {wide[1]})",
            ScalarFunction.Divide => $"(CAST({of[0]} AS DOUBLE) / nullif(CAST({of[1]} AS DOUBLE), 0))",
            ScalarFunction.DivideWhole => $"(CAST({of[0]} AS BIGINT) // nullif(CAST({of[1]} AS BIGINT), 0))",
            ScalarFunction.Remainder => $"({wide[0]} % nullif({wide[1]}, 0))",
            ScalarFunction.Negate => $"(-{wide[0]})",
            ScalarFunction.Concat => $"({string.Join(" || ", of.Select(o => $"CAST({o} AS VARCHAR)"))})",
            ScalarFunction.Absolute => $"abs({wide[0]})",
            ScalarFunction.Floor => $"floor({wide[0]})",
            _ => $"{call.Function.ToString().ToLowerInvariant()}({string.Join(", ", of)})",
        };
    }

    // Whole numbers are computed in 64 bits, whatever their columns; sums of them in what the engine has.
    string Wide(Expression node, string sql) => Binder.TypeOf(node, columns) is var type && TypeClasses.Of(type) == TypeClass.Whole
        && type.Kind != TypeKind.HugeInt ? $"CAST({sql} AS BIGINT)" : sql;

    string Case(CaseTerm term)
    {
        var branches = term.Branches.Select(b => $" when {Of(b.When)} then {Of(b.Then)}");
        return $"(case{string.Concat(branches)}{(term.Else is null ? "" : $" else {Of(term.Else)}")} end)";
    }
}
