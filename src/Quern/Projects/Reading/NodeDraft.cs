using Quern.Projects.Nodes;

namespace Quern.Projects.Reading;

/// <summary>A template of which a node is to be made.</summary>
sealed record NodeDraft
{
    /// <summary>Kind of node.</summary>
    public required ResourceKind Kind { get; init; }

    /// <summary>Section of dbt_project.yml that configures it: <c>models</c>.</summary>
    public required string Section { get; init; }

    /// <summary>Its package.</summary>
    public required Package Package { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its file, from the package's folder.</summary>
    public required string File { get; init; }

    /// <summary>Its file from the model or other path.</summary>
    public required string PathInRoot { get; init; }

    /// <summary>Package, folders and name.</summary>
    public required IReadOnlyList<string> Path { get; init; }

    /// <summary>The template; null to read it from <see cref="File"/>; empty for none.</summary>
    public string? Code { get; init; }

    /// <summary>Line of the file it begins on.</summary>
    public int Line { get; init; } = 1;

    /// <summary>What YAML says of it; null for nothing.</summary>
    public ResourcePatch? Patch { get; init; }

    /// <summary>Further configuration that nobody wrote: tags of a hook.</summary>
    public Jinja.Values.Dict? Extra { get; init; }

    /// <summary>Position among the hooks; 0 for anything else.</summary>
    public int HookIndex { get; init; }
}
