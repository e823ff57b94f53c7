namespace Quern.Jinja.Tree;

/// <summary>A piece of a parsed template. Trees do not change once parsed and are shared between threads.</summary>
abstract class Node(int at)
{
    /// <summary>Where it starts in the source.</summary>
    public int At { get; } = at;

    /// <summary>The pieces directly inside, in reading order.</summary>
    public abstract IEnumerable<Node> Children { get; }

    /// <summary>This piece and all inside it.</summary>
    public IEnumerable<Node> Walk()
    {
        var open = new Stack<Node>();
        open.Push(this);
        while (open.TryPop(out var node))
        {
            yield return node;
            foreach (var child in node.Children.Reverse()) open.Push(child);
        }
    }
}
