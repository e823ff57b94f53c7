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

    /// <summary>A list of mappings.</summary>
    Maps,

    /// <summary>A text that is not empty.</summary>
    Text,

    /// <summary>A text, or a list of texts.</summary>
    Texts,

    /// <summary>One of some words.</summary>
    Word,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A whole number, or a percentage as a text.</summary>
    Limit,

    /// <summary>Names of the user's own, each with a mapping that has the keys below.</summary>
    Named,

    /// <summary>Names of the user's own, each with a text.</summary>
    NamedTexts,

    /// <summary>Names of the user's own, each with a list of texts.</summary>
    NamedLists,

    /// <summary>A list of words and of mappings with the keys below.</summary>
    Items,
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
            new OptionKey("nodes", OptionKind.Flag, "Measure each operator of each node; slows a run by up to a fifth")),
        DeliveryKeys.Deliver,
        FoldKeys.Sources,
        FoldKeys.Folds);

    /// <summary>Its value may be a template, which is checked once it is rendered. Default: false.</summary>
    public bool IsTemplate { get; init; }

    /// <summary>It has to be there. Default: false.</summary>
    public bool IsNeeded { get; init; }

    /// <summary>What an <see cref="OptionKind.Word"/> may be. Default: nothing.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>What its value may be, for people.</summary>
    public string Wanted => Kind switch
    {
        OptionKind.Version => "1",
        OptionKind.Memory => "an amount of memory: 512MB, 1.5GiB",
        OptionKind.Count => "a whole number from 1 on",
        OptionKind.Folder => "the path of a folder",
        OptionKind.Flag => "true or false",
        OptionKind.Maps => $"a list of mappings with {string.Join(", ", Keys.Select(k => k.Name))}",
        OptionKind.Text => "a text",
        OptionKind.Word => string.Join(", ", Words),
        OptionKind.Number => "a whole number",
        OptionKind.Limit => "a whole number, or a percentage",
        OptionKind.Texts when Words.Count > 0 => $"some of {string.Join(", ", Words)}",
        OptionKind.Texts => "a text, or a list of texts",
        OptionKind.Named => $"names, each with a mapping of {string.Join(", ", Keys.Select(k => k.Name))}",
        OptionKind.NamedTexts => "names, each with a text",
        OptionKind.NamedLists => "names, each with a list of texts",
        OptionKind.Items => $"a list of {string.Join(", ", Words)} and of mappings with {string.Join(", ", Keys.Select(k => k.Name))}",
        _ => $"a mapping with {string.Join(", ", Keys.Select(k => k.Name))}",
    };
}
