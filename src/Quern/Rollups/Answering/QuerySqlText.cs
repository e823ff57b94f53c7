using System.Globalization;
using System.Text;
using Quern.Duck;
using Quern.Folding.Declared;
using Quern.Folding.Expressions;
using Quern.Rollups.Queries;

namespace Quern.Rollups.Answering;

/// <summary>Spells a query as SQL of the engine over the rows of a fold, with the answer that the grains give.</summary>
/// <param name="fold">The fold.</param>
/// <param name="columns">Its columns.</param>
sealed class QuerySqlText(Fold fold, FoldColumns columns)
{
    readonly ExpressionSql _sql = new(columns);

    /// <summary>The SQL.</summary>
    /// <param name="query">The query.</param>
    /// <param name="relation">What rows are selected from.</param>
    public string Of(RollupQuery query, string relation)
    {
        var text = new StringBuilder("select ");
        text.AppendJoin(", ", query.Select.Select((s, i) => $"{Value(query, s.Value)} as c{i.ToString(CultureInfo.InvariantCulture)}"));
        text.Append(" from ").Append(relation);
        var conditions = query.Where.Select(_sql.Of).Concat(fold.Where is { } kept ? [_sql.Of(kept)] : []).ToList();
        if (conditions.Count > 0) text.Append(" where ").AppendJoin(" and ", conditions);
        if (!query.IsOfRows && query.Keys.Count > 0) text.Append(" group by ").AppendJoin(", ", query.Keys.Select(k => _sql.Of(k.Tree)));
        if (query.Having is { } having) text.Append(" having ").Append(new OutputSql(this, query).Of(having));
        if (query.Order.Count > 0)
            text.Append(" order by ").AppendJoin(", ", query.Order.Select(o => $"{Value(query, o.Value)} {(o.IsDescending ? "desc" : "asc")} nulls last"));
        if (query.Limit is { } limit) text.Append(CultureInfo.InvariantCulture, $" limit {limit}");
        return text.ToString();
    }

    string Value(RollupQuery query, int value)
    {
        if (value < query.Keys.Count) return _sql.Of(query.Keys[value].Tree);
        var aggregate = query.Aggregates[value - query.Keys.Count];
        var of = aggregate.Of is null ? "" : _sql.Of(aggregate.Of);
        return aggregate.Kind switch
        {
            AggregateKind.Rows => "count(*)",
            AggregateKind.Count => $"count({of})",
            AggregateKind.Sum => $"CAST(sum({of}) AS {aggregate.Type})",
            AggregateKind.Average => $"CAST(avg({of}) AS DOUBLE)",
            AggregateKind.Min => $"min({of})",
            AggregateKind.Max => $"max({of})",
            AggregateKind.SumSquares => $"sum(CAST({of} AS DOUBLE) * CAST({of} AS DOUBLE))",
            AggregateKind.Distinct => $"count(distinct {of})",
            _ => $"approx_count_distinct({of})",
        };
    }

    /// <summary>A condition on groups.</summary>
    sealed class OutputSql(QuerySqlText text, RollupQuery query)
    {
        public string Of(Expression node) => node switch
        {
            OutputTerm output => text.Value(query, output.Value),
            CompareTerm compare => $"({Of(compare.Left)} {ExpressionSql.Sign(compare.How)} {Of(compare.Right)})",
            BetweenTerm between => $"({Of(between.Of)} between {Of(between.From)} and {Of(between.To)})",
            AllTerm all => $"({string.Join(" and ", all.Terms.Select(Of).Append("true"))})",
            AnyTerm any => $"({string.Join(" or ", any.Terms.Select(Of).Append("false"))})",
            NotTerm not => $"(not {Of(not.Term)})",
            IsNullTerm isNull => $"({Of(isNull.Of)} is null)",
            InTerm { Values.Count: 0 } => "false",
            InTerm some => $"({Of(some.Of)} in ({string.Join(", ", some.Values.Select(Of))}))",
            LikeTerm like => $"({Of(like.Of)} like {Sql.Text(like.Pattern)}{(like.Escape is { } escape ? $" escape {Sql.Text($"{escape}")}" : "")})",
            Constant constant => ExpressionSql.Literal(constant.Value),
            CallTerm call => text._sql.Call(call, Of),
            CaseTerm cases => $"(case{string.Concat(cases.Branches.Select(b => $" when {Of(b.When)} then {Of(b.Then)}"))}"
                + $"{(cases.Else is null ? "" : $" else {Of(cases.Else)}")} end)",
            _ => throw new ArgumentException($"no SQL for {node.GetType().Name}", nameof(node)),
        };
    }
}
