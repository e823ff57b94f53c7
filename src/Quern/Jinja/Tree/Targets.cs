using Quern.Jinja.Values;

namespace Quern.Jinja.Tree;

/// <summary>What can be assigned to.</summary>
abstract class Target(int at) : Node(at)
{
    public abstract void Assign(Frame frame, Scope scope, object? value);
}

/// <summary>A name.</summary>
sealed class NameTarget(int at, string name) : Target(at)
{
    public string Name { get; } = name;

    public override IEnumerable<Node> Children => [];

    public override void Assign(Frame frame, Scope scope, object? value) => scope.Set(Name, value);
}

/// <summary><c>name.attribute</c>, where the name holds a namespace.</summary>
sealed class AttributeTarget(int at, string name, string attribute) : Target(at)
{
    public string Name { get; } = name;

    public override IEnumerable<Node> Children => [];

    public override void Assign(Frame frame, Scope scope, object? value)
    {
        frame.At = At;
        var holder = frame.Resolve(Name);
        if (holder is Undefined { IsForgiving: true }) return;
        if (holder is Undefined undefined) throw undefined.Failure();
        if (holder is TemplateObject other && other.TrySetAttribute(attribute, value)) return;
        throw TemplateFailure.Type(
            $"cannot set '{attribute}' on a {Value.TypeName(holder)}",
            "only namespaces take attributes, as in: {% set ns = namespace(total=0) %}");
    }
}

/// <summary><c>a, b</c>: one target per item.</summary>
sealed class TupleTarget(int at, Target[] parts) : Target(at)
{
    public Target[] Parts { get; } = parts;

    public override IEnumerable<Node> Children => Parts;

    public override void Assign(Frame frame, Scope scope, object? value)
    {
        frame.At = At;
        var items = Iteration.Over(value);
        if (items.Count != Parts.Length)
        {
            throw TemplateFailure.Value(
                $"there are {items.Count} values for {Parts.Length} names",
                "give as many names as there are values, or one name for all");
        }

        for (var i = 0; i < Parts.Length; i++) Parts[i].Assign(frame, scope, items[i]);
    }
}
