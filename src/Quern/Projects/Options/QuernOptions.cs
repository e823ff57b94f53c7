using Quern.Budget;
using Quern.Files;
using Quern.Yaml;

namespace Quern.Projects.Options;

/// <summary>What quern.yml beside dbt_project.yml says. dbt does not see the file. Options of the command line win over it.</summary>
public sealed record QuernOptions
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "quern.yml";

    /// <summary>Memory limit of the process; null to leave it to the command line. Default: null.</summary>
    public MemorySize? Memory { get; init; }

    /// <summary>Threads of the engine; null to leave them to the command line. Default: null.</summary>
    public int? Threads { get; init; }

    /// <summary>Folder for temporary files, absolute; null to leave it to the command line. Default: null.</summary>
    public string? Temp { get; init; }

    /// <summary>Whether each operator of each node is measured. Default: false.</summary>
    public bool ProfileNodes { get; init; }

    /// <summary>What is delivered at the end of a run, as it is written: templates not rendered. Default: nothing.</summary>
    internal IReadOnlyList<YamlMap> Deliver { get; init; } = [];

    /// <summary>Reads the file of a folder; without one all is as by default.</summary>
    /// <param name="folder">Absolute path of the project's folder.</param>
    /// <exception cref="QuernException">Exit code 2: QN7102 no YAML; QN7103 no mapping; QN7193 a key is missing; QN7195 an unknown key; QN7196 a
    /// value that does not fit; QN7197 no version.</exception>
    public static QuernOptions Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? Parse(TextFile.Read(path, FileName), FileName, folder) : new QuernOptions();
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="place">What errors call it.</param>
    /// <param name="folder">Folder from which relative paths begin, absolute.</param>
    /// <exception cref="QuernException">As <see cref="Read"/>.</exception>
    internal static QuernOptions Parse(string text, string place, string folder)
    {
        if (YamlText.ParseMap(text, place) is not { } root) return new QuernOptions();
        OptionCheck.Map(root, OptionKey.Root, place);
        if (root["version"] is null) throw OptionCheck.NoVersion(place, root);
        var profile = root["profile"] as YamlMap;
        return new QuernOptions
        {
            Memory = root["memory"] is YamlScalar memory ? MemorySize.Parse(memory.Text, OptionCheck.Place(place, memory)) : null,
            Threads = root["threads"]?.Value() is long threads ? (int)threads : null,
            Temp = root.Text("temp") is { } temp ? Path.GetFullPath(temp, folder) : null,
            ProfileNodes = profile?["nodes"]?.Value() is true,
            Deliver = (root["deliver"] as YamlList)?.Items.OfType<YamlMap>().ToArray() ?? [],
        };
    }
}
