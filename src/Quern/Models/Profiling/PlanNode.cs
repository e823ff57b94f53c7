using Quern.Duck;

namespace Quern.Models.Profiling;

/// <summary>An operator in its place in the plan.</summary>
/// <param name="Operator">What it cost.</param>
/// <param name="Details">All that DuckDB prints of it.</param>
/// <param name="Inputs">The operators that feed it.</param>
sealed record PlanNode(ProfiledOperator Operator, string Details, IReadOnlyList<PlanNode> Inputs)
{
    const int MostAbout = 80;

    /// <summary>Names under which DuckDB says what an operator works on, the most telling first.</summary>
    static readonly string[] Telling =
        ["Table", "Filename(s)", "Function", "Conditions", "Condition", "__expression__", "__order_by__", "Groups"];

    public string Name => Operator.Name;

    public long Rows => Operator.Rows;

    /// <summary>The operators of a plan, each before its inputs.</summary>
    public static IReadOnlyList<PlanNode> Of(DuckProfile profile)
    {
        var total = profile.Operators.Sum(Seconds);
        var nodes = new List<PlanNode>();
        foreach (var root in profile.Operators) Add(root, 0, total, nodes);
        return nodes;
    }

    /// <summary>It and all below it.</summary>
    public IEnumerable<PlanNode> Tree() => Inputs.SelectMany(i => i.Tree()).Prepend(this);

    static PlanNode Add(DuckOperator from, int depth, double total, List<PlanNode> nodes)
    {
        var place = nodes.Count;
        nodes.Add(null!);
        var inputs = from.Children.Select(c => Add(c, depth + 1, total, nodes)).ToList();
        var share = total > 0 ? from.Time.TotalSeconds / total : 0;
        var rowsIn = inputs.Count > 0 ? inputs.Sum(i => i.Rows) : from.RowsScanned;
        var it = new ProfiledOperator(
            from.Name, depth, from.Time, share, rowsIn, from.Rows, OperatorDetails.Estimate(from.Details), About(from.Details));
        return nodes[place] = new PlanNode(it, from.Details, inputs);
    }

    static double Seconds(DuckOperator it) => it.Time.TotalSeconds + it.Children.Sum(Seconds);

    static string About(string details)
    {
        var text = Telling.Select(name => OperatorDetails.Text(details, name)).FirstOrDefault(t => t is { Length: > 0 }) ?? "";
        text = text.ReplaceLineEndings(", ");
        return text.Length <= MostAbout ? text : text[..(MostAbout - 3)] + "...";
    }
}
