using Quern.Jinja.Values;

namespace Quern.Jinja.Tree;

/// <summary>
/// <c>{% if %}...{% elif %}...{% else %}...{% endif %}</c>. Branches share the names of the block around.
/// </summary>
sealed class If(int at, Branch[] branches, Statement[] otherwise) : Statement(at)
{
    public override IEnumerable<Node> Children =>
        branches.SelectMany(branch => branch.Body.Prepend<Node>(branch.Condition)).Concat(otherwise);

    public override Signal Execute(Frame frame)
    {
        Meter.Descend();
        foreach (var (condition, body) in branches)
            if (Value.IsTrue(condition.Evaluate(frame))) return Run(body, frame);
        return Run(otherwise, frame);
    }
}

/// <summary><c>{% break %}</c> and <c>{% continue %}</c>.</summary>
sealed class LoopControl(int at, Signal signal) : Statement(at)
{
    public override IEnumerable<Node> Children => [];

    public override Signal Execute(Frame frame) => signal;
}
