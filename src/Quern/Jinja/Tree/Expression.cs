namespace Quern.Jinja.Tree;

/// <summary>A piece that has a value.</summary>
abstract class Expression(int at) : Node(at)
{
    public abstract object? Evaluate(Frame frame);
}
