using Quern.Folding.Expressions;

namespace Quern.Folding.Planning;

/// <summary>The columns of the source that a plan needs.</summary>
sealed class SourceColumns
{
    readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public SourceColumns(FoldPlan plan)
    {
        foreach (var field in plan.Fields) Add(field.Value);
        foreach (var measure in plan.Measures) Add(measure.Value);
        if (plan.Where is not null) Add(plan.Where);
    }

    /// <summary>A column is needed.</summary>
    public bool Has(string name) => _names.Contains(name);

    void Add(Expression expression)
    {
        switch (expression)
        {
            case ColumnTerm column: _names.Add(column.Name); break;
            case BucketTerm bucket: Add(bucket.Of); break;
            case CallTerm call: Add(call.Arguments); break;
            case CaseTerm @case:
                Add(@case.Branches.SelectMany(b => new[] { b.When, b.Then }));
                if (@case.Else is not null) Add(@case.Else);
                break;
            case CompareTerm compare: Add([compare.Left, compare.Right]); break;
            case AllTerm all: Add(all.Terms); break;
            case AnyTerm any: Add(any.Terms); break;
            case NotTerm not: Add(not.Term); break;
            case InTerm @in: Add(@in.Of); break;
            case BetweenTerm between: Add([between.Of, between.From, between.To]); break;
            case IsNullTerm isNull: Add(isNull.Of); break;
            case LikeTerm like: Add(like.Of); break;
        }
    }

    void Add(IEnumerable<Expression> expressions)
    {
        foreach (var expression in expressions) Add(expression);
    }
}
