using Quern.Files;
using Quern.Projects.Options;
using Quern.Yaml;

namespace Quern.Folding.Declared;

/// <summary>The folds that quern.yml declares. It needs no dbt_project.yml beside it.</summary>
/// <param name="Folds">In the order of the file.</param>
sealed record FoldDeclarations(IReadOnlyList<Fold> Folds)
{
    /// <summary>Reads the file of a folder.</summary>
    /// <param name="folder">Absolute path of the folder.</param>
    /// <exception cref="QuernException">Exit code 2: what <see cref="QuernOptions.Read"/> throws; QN7530 to QN7541; QN7542: no file, or no folds in it.</exception>
    public static FoldDeclarations Read(string folder)
    {
        var path = Path.Combine(folder, QuernOptions.FileName);
        return File.Exists(path) ? Parse(TextFile.Read(path, QuernOptions.FileName), QuernOptions.FileName) : throw None(folder);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="place">What errors call it.</param>
    /// <exception cref="QuernException">As <see cref="Read"/>.</exception>
    public static FoldDeclarations Parse(string text, string place)
    {
        var root = YamlText.ParseMap(text, place) ?? throw None(place);
        OptionCheck.Map(root, OptionKey.Root, place);
        if (root["version"] is null) throw OptionCheck.NoVersion(place, root);
        var sources = new SourceReader(place).Read(root["sources"] as YamlMap);
        var reader = new FoldReader(place, sources);
        var folds = ((root["folds"] as YamlMap)?.Entries ?? []).Select(e => reader.Read(e.Key, (YamlMap)e.Value)).ToList();
        return folds.Count > 0 ? new FoldDeclarations(folds) : throw None(place);
    }

    /// <summary>The fold of a name.</summary>
    /// <param name="name">Its name; null for the only one.</param>
    /// <exception cref="QuernException">QN7543, exit code 2: there is none, or there are several.</exception>
    public Fold Find(string? name)
    {
        if (name is null && Folds is [var only]) return only;
        if (Folds.FirstOrDefault(f => f.Name == name) is { } found) return found;
        var names = Folds.Select(f => f.Name).ToList();
        throw new QuernException(new Fault("QN7543", name is null ? "several folds are declared: name one" : "there is no fold of this name")
        {
            Value = name,
            Wanted = string.Join(", ", names),
            Try = name is not null && NearestName.Of(name, names) is { } nearest ? [nearest] : [],
            ExitCode = ExitCode.Usage,
        });
    }

    static QuernException None(string where) => new(new Fault("QN7542", "no folds are declared here")
    {
        Where = where,
        Wanted = $"a file {QuernOptions.FileName} with the keys sources and folds",
        ExitCode = ExitCode.Usage,
    });
}
