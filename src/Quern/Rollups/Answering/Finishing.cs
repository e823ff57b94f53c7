using Quern.Rollups.Queries;

namespace Quern.Rollups.Answering;

/// <summary>Makes a result of groups: the condition on them, the order, the limit, and the columns that are selected.</summary>
static class Finishing
{
    /// <summary>The columns of the result.</summary>
    /// <param name="query">The query.</param>
    /// <param name="values">Its values of all groups.</param>
    public static IReadOnlyList<ResultColumn> Finish(RollupQuery query, IReadOnlyList<ResultColumn> values)
    {
        var count = values.Count > 0 ? values[0].Rows : 0;
        if (query.Having is null && query.Order.Count == 0 && (query.Limit is null || query.Limit >= count)) return [.. query.Select.Select(s => values[s.Value])];
        var rows = new int[count];
        for (var i = 0; i < count; i++) rows[i] = i;
        if (query.Having is { } having)
        {
            var filter = new GroupFilter(values);
            rows = Array.FindAll(rows, r => filter.Holds(having, r));
        }
        if (query.Order.Count > 0 && rows.Length > 1) rows = ResultOrder.Sort(rows, [.. query.Order.Select(o => (values[o.Value], o.IsDescending))]);
        if (query.Limit < rows.Length) rows = rows[..(int)query.Limit];
        return [.. query.Select.Select(s => values[s.Value].Take(rows))];
    }
}
