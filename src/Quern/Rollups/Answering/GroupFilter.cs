using Quern.Chunks;
using Quern.Folding.Expressions;

namespace Quern.Rollups.Answering;

/// <summary>A condition on groups, in the logic of SQL: true, false, or not known because of a NULL.</summary>
/// <param name="columns">The values of the groups.</param>
sealed class GroupFilter(IReadOnlyList<ResultColumn> columns)
{
    /// <summary>Whether a condition is known to hold in a row.</summary>
    public bool Holds(Expression condition, int row) => Value(condition, row) == true;

    bool? Value(Expression node, int row)
    {
        switch (node)
        {
            case Constant constant:
                return constant.Value as bool?;
            case OutputTerm flag:
                return columns[flag.Value].Value(row) as bool?;
            case NotTerm not:
                return !Value(not.Term, row);
            case AllTerm all:
                return Joined(all.Terms, row, false);
            case AnyTerm any:
                return Joined(any.Terms, row, true);
            case IsNullTerm isNull:
                return columns[((OutputTerm)isNull.Of).Value].IsNull(row);
            case CompareTerm compare:
                return Order(compare.Left, compare.Right, row) is { } order ? Holds(compare.How, order) : null;
            case BetweenTerm between:
                var (from, to) = (Order(between.Of, between.From, row), Order(between.Of, between.To, row));
                return from is null || to is null ? null : from >= 0 && to <= 0;
            case InTerm some:
                return columns[((OutputTerm)some.Of).Value].IsNull(row) ? null : some.Values.Any(v => Order(some.Of, v, row) == 0);
            default:
                throw new ArgumentException($"no condition on groups: {node.GetType().Name}", nameof(node));
        }
    }

    // One that decides (false of and, true of or) wins over what is not known.
    bool? Joined(IReadOnlyList<Expression> terms, int row, bool decides)
    {
        bool? all = !decides;
        foreach (var term in terms)
        {
            var value = Value(term, row);
            if (value == decides) return decides;
            if (value is null) all = null;
        }
        return all;
    }

    static bool Holds(Comparison how, int order) => how switch
    {
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Greater => order > 0,
        _ => order >= 0,
    };

    int? Order(Expression left, Expression right, int row)
    {
        var value = columns[((OutputTerm)left).Value].Value(row);
        var constant = ((Constant)right).Value!;
        return value switch
        {
            null => null,
            string text => string.CompareOrdinal(text, (string)constant),
            bool flag => flag.CompareTo((bool)constant),
            DateOnly or DateTime => DomainValues.Micros(value).CompareTo(DomainValues.Micros(constant)),
            double real => real.CompareTo(constant is double number ? number : System.Convert.ToDouble(constant, System.Globalization.CultureInfo.InvariantCulture)),
            decimal exact => Exact(constant) is { } other ? exact.CompareTo(other) : ((double)exact).CompareTo(constant),
            long or Int128 => Whole(value is long small ? small : (Int128)value, constant),
            _ => throw new ArgumentException($"no value of {value.GetType().Name}", nameof(left)),
        };
    }

    static int Whole(Int128 value, object constant)
    {
        if (constant is long number) return value.CompareTo(number);
        return DomainValues.Compare(value, DomainValues.Prepare(LogicalType.Of(TypeKind.HugeInt), constant));
    }

    static decimal? Exact(object constant) => constant switch { long number => number, decimal number => number, _ => null };
}
