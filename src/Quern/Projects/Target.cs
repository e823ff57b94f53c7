using Quern.Jinja.Values;

namespace Quern.Projects;

/// <summary>An output of profiles.yml: where and how a run works (specification section 3.11).</summary>
public sealed class Target
{
    /// <summary>Name of the profile.</summary>
    public required string ProfileName { get; init; }

    /// <summary>Name of the output.</summary>
    public required string Name { get; init; }

    /// <summary>Database file as the profile writes it, from the working directory; <c>:memory:</c> for none. Default: <c>:memory:</c>.</summary>
    public string Path { get; init; } = ":memory:";

    /// <summary>Catalog in which relations are made: the file's base name, <c>memory</c>, or an attached alias.</summary>
    public required string Database { get; init; }

    /// <summary>Schema in which relations are made. Default: <c>main</c>.</summary>
    public string Schema { get; init; } = "main";

    /// <summary>Nodes at a time. Default: 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Extensions to load, by name.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Repositories of extensions that name one, by the extension's name.</summary>
    public IReadOnlyDictionary<string, string> Repositories { get; init; } = new Dictionary<string, string>();

    /// <summary>Secrets of the engine.</summary>
    public IReadOnlyList<EngineSecret> Secrets { get; init; } = [];

    /// <summary>Settings for every connection (<c>SET</c>), values as text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>Settings at the opening of the database, values as text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ConfigOptions { get; init; } = [];

    /// <summary>Databases to attach.</summary>
    public IReadOnlyList<AttachedFile> Attach { get; init; } = [];

    /// <summary>Folder of external models. Default: the working directory.</summary>
    public string ExternalRoot { get; init; } = ".";

    /// <summary>All keys of the output, rendered, as templates see them in <c>target</c>; secrets left out.</summary>
    public Dict Values { get; init; } = new();
}
