namespace Quern.Projects.Selection;

/// <summary>What the caller wants of a project: the options of a verb.</summary>
public sealed record SelectionRequest
{
    /// <summary>Values of <c>--select</c>, each of one or more criteria; null when it is not given. Default: null, all.</summary>
    public IReadOnlyList<string>? Select { get; init; }

    /// <summary>Values of <c>--exclude</c>; null when it is not given. Default: null, nothing.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>Name of a selector of selectors.yml; null when none is asked for. Default: null.</summary>
    public string? Selector { get; init; }

    /// <summary>Kinds asked for by name, <c>all</c> and <c>default</c> among them. Default: none, the verb's own.</summary>
    public IReadOnlyList<string> ResourceTypes { get; init; } = [];

    /// <summary>Kinds left out, by name. Default: none.</summary>
    public IReadOnlyList<string> ExcludeResourceTypes { get; init; } = [];

    /// <summary>When tests join a selection because of what they test. Default: eager.</summary>
    public IndirectSelection Indirect { get; init; } = IndirectSelection.Eager;

    /// <summary>Folder of artifacts to compare with, absolute; null when <c>--state</c> is not given. Default: null.</summary>
    public string? StateFolder { get; init; }

    /// <summary>Whether something is selected or excluded by criteria.</summary>
    internal bool HasCriteria => Select is { Count: > 0 } || Exclude is { Count: > 0 };
}
