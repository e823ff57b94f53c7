using System.Text.RegularExpressions;
using Quern.Jinja;
using Quern.Jinja.Values;
using Quern.Projects.Settings;

namespace Quern.Projects.Reading;

/// <summary>Texts of <c>{% docs name %}</c> blocks in Markdown files, and descriptions that call for them with <c>doc()</c>.</summary>
/// <param name="manifest">Where the texts are kept, by package and name.</param>
/// <param name="root">Name of the root project, whose texts win.</param>
sealed partial class DocsBlocks(Manifest manifest, string root)
{
    static readonly TemplateEnvironment Forgiving = new() { Undefined = UndefinedMode.Forgiving };

    /// <summary>Reads the blocks of a package.</summary>
    public void Read(ProjectFiles files)
    {
        foreach (var (file, _) in files.Docs)
        {
            var text = PackageFiles.Text(files.Package.Folder, file);
            if (!text.Contains("docs", StringComparison.Ordinal)) continue;
            foreach (Match block in Block().Matches(text)) manifest.Docs[$"{files.Package.Name}.{block.Groups["name"].Value}"] = block.Groups["text"].Value.Trim();
        }
    }

    /// <summary>A description with its calls of <c>doc()</c> done.</summary>
    /// <exception cref="QuernException">QN7184: there is no such block.</exception>
    public string Describe(string text, string package, string place)
    {
        if (!Template.HasMarks(text)) return text;
        var globals = new Globals();
        globals.Add(new Function("doc", arguments =>
        {
            var bound = arguments.Bind("doc", 1, "package_or_name", "name");
            return bound.Has(1) ? Find($"{bound.Text(0)}.{bound.Text(1)}", place) : Find(bound.Text(0), package, place);
        }));
        return Forgiving.Parse(text, place).Render(globals);
    }

    string Find(string name, string package, string place)
    {
        if (manifest.Docs.TryGetValue($"{root}.{name}", out var text) || manifest.Docs.TryGetValue($"{package}.{name}", out text)) return text;
        return manifest.Docs.FirstOrDefault(d => d.Key.EndsWith("." + name, StringComparison.Ordinal)).Value ?? Find(name, place);
    }

    string Find(string id, string place) => manifest.Docs.TryGetValue(id, out var text) ? text : throw new QuernException(
        new Fault("QN7184", "there is no docs block of this name")
        {
            Where = place,
            Value = $"\"{id}\"",
            Try = NearestName.Of(id, manifest.Docs.Keys.Select(k => k[(k.IndexOf('.', StringComparison.Ordinal) + 1)..])) is { } near ? [$"doc('{near}')"] : [],
            ExitCode = ExitCode.Usage,
        });

    [GeneratedRegex(@"\{%-?\s*docs\s+(?<name>\w+)\s*-?%\}(?<text>.*?)\{%-?\s*enddocs\s*-?%\}", RegexOptions.Singleline)]
    private static partial Regex Block();
}
