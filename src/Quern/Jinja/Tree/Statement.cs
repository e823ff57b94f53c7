namespace Quern.Jinja.Tree;

/// <summary>A piece that does something, such as writing text.</summary>
abstract class Statement(int at) : Node(at)
{
    public abstract Signal Execute(Frame frame);

    /// <summary>Runs statements in order, up to the first that asks to leave.</summary>
    public static Signal Run(Statement[] body, Frame frame)
    {
        foreach (var statement in body)
        {
            var signal = statement.Execute(frame);
            if (signal != Signal.None) return signal;
        }

        return Signal.None;
    }
}

/// <summary>How a statement wants the run to go on.</summary>
enum Signal : byte
{
    None,
    Break,
    Continue,
    Return,
}
