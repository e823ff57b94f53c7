namespace Quern.Projects.Selection;

/// <summary>When a test joins a selection because of what it tests.</summary>
public enum IndirectSelection
{
    /// <summary>When any of its parents is selected.</summary>
    Eager,

    /// <summary>When all of its parents are selected.</summary>
    Cautious,

    /// <summary>When each of its parents is selected, or is an ancestor of what is selected.</summary>
    Buildable,

    /// <summary>Never.</summary>
    Empty,
}

/// <summary>Names of modes.</summary>
static class IndirectSelections
{
    /// <summary>The mode of a name: <c>eager</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="where">Who gave it.</param>
    /// <exception cref="QuernException">QN7152.</exception>
    public static IndirectSelection Parse(string name, string where) => name switch
    {
        "eager" => IndirectSelection.Eager,
        "cautious" => IndirectSelection.Cautious,
        "buildable" => IndirectSelection.Buildable,
        "empty" => IndirectSelection.Empty,
        _ => throw SelectionFaults.BadValue(name, where, "eager, cautious, buildable or empty"),
    };
}
