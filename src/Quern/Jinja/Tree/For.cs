using Quern.Jinja.Values;

namespace Quern.Jinja.Tree;

/// <summary>
/// <c>{% for target in items if condition recursive %}...{% else %}...{% endfor %}</c>. Every round has names of its
/// own, so what one round sets the next does not see.
/// </summary>
sealed class For(
    int at, Target target, Expression items, Expression? condition, bool isRecursive, Statement[] body,
    Statement[] otherwise)
    : Statement(at)
{
    public override IEnumerable<Node> Children
    {
        get
        {
            yield return target;
            yield return items;
            if (condition is not null) yield return condition;
            foreach (var statement in body) yield return statement;
            foreach (var statement in otherwise) yield return statement;
        }
    }

    public override Signal Execute(Frame frame)
    {
        Meter.Descend();
        var value = items.Evaluate(frame);
        frame.At = items.At;
        return Loop(frame, frame.Scope, value, 0);
    }

    /// <summary>The text of the loop over other items, as <c>loop(children)</c> asks for.</summary>
    public string Recurse(Frame frame, Scope scope, object? children, int depth)
    {
        frame.Rendering.Enter(frame);
        var outer = (frame.Output, frame.Scope, frame.At);
        frame.Output = frame.Rendering.Rent();
        var signal = Loop(frame, scope, children, depth);
        var text = frame.Rendering.Release(frame.Output);
        (frame.Output, frame.Scope, frame.At) = outer;
        frame.Rendering.Leave();
        return signal == Signal.Return ? throw new MacroReturn(frame.Returned) : text;
    }

    Signal Loop(Frame frame, Scope outer, object? value, int depth)
    {
        var walked = Iteration.Over(value);
        if (condition is not null) walked = Choose(frame, outer, walked);
        var loop = new LoopValue(walked, depth, frame.Mode);
        if (isRecursive) loop.Recurse = children => Recurse(frame, outer, children, depth + 1);
        var signal = Signal.None;
        while (signal is not (Signal.Break or Signal.Return) && loop.Advance(out var item))
        {
            Meter.Step();
            var scope = new Scope(outer);
            target.Assign(frame, scope, item);
            scope.Set("loop", loop);
            signal = frame.RunScoped(body, scope);
        }

        if (signal == Signal.Return) return signal;
        return loop.HasStarted ? Signal.None : frame.RunScoped(otherwise, new Scope(outer));
    }

    List<object?> Choose(Frame frame, Scope outer, IReadOnlyList<object?> walked)
    {
        var chosen = new List<object?>();
        for (var i = 0; i < walked.Count; i++)
        {
            Meter.Step();
            var scope = new Scope(outer);
            target.Assign(frame, scope, walked[i]);
            frame.Scope = scope;
            if (Value.IsTrue(condition!.Evaluate(frame))) chosen.Add(walked[i]);
        }

        frame.Scope = outer;
        return chosen;
    }
}
