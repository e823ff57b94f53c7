namespace Quern.Projects.Options;

/// <summary>What the value of a key may be.</summary>
enum OptionKind
{
    /// <summary>The number of the format: 1.</summary>
    Version,

    /// <summary>An amount of memory.</summary>
    Memory,

    /// <summary>A whole number from 1 on.</summary>
    Count,

    /// <summary>A folder, from the folder of the file.</summary>
    Folder,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A mapping with keys of its own.</summary>
    Map,
}

/// <summary>A key of quern.yml: the one table from which the reader checks and editors are told.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Kind">What its value may be.</param>
/// <param name="About">What it does, in a sentence without a full stop.</param>
/// <param name="Keys">The keys below it. Default: none.</param>
sealed record OptionKey(string Name, OptionKind Kind, string About, params IReadOnlyList<OptionKey> Keys)
{
    /// <summary>The keys of the file.</summary>
    public static OptionKey Root { get; } = new("", OptionKind.Map,
        "What Quern does with a project beyond what dbt_project.yml says; dbt never reads this file",
        new("version", OptionKind.Version, "Format of this file"),
        new("memory", OptionKind.Memory, "Memory limit of the whole process; --memory wins"),
        new("threads", OptionKind.Count, "Threads of the engine; --threads is for nodes at a time"),
        new("temp", OptionKind.Folder, "Folder for temporary files when memory does not suffice"),
        new("profile", OptionKind.Map, "What a run measures",
            new OptionKey("nodes", OptionKind.Flag, "Measure each operator of each node; slows a run by up to a fifth")));

    /// <summary>What its value may be, for people.</summary>
    public string Wanted => Kind switch
    {
        OptionKind.Version => "1",
        OptionKind.Memory => "an amount of memory: 512MB, 1.5GiB",
        OptionKind.Count => "a whole number from 1 on",
        OptionKind.Folder => "the path of a folder",
        OptionKind.Flag => "true or false",
        _ => $"a mapping with {string.Join(", ", Keys.Select(k => k.Name))}",
    };
}
