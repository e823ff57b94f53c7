using System.Text.RegularExpressions;

namespace Quern.Tests.House;

public sealed partial class LayerTests
{
    /// <summary>The folders that know of no other folder of the library.</summary>
    static readonly string[] Ground = ["Duck", "Chunks", "Budget"];

    /// <summary>Where memory is handled without the runtime's checks: the edge to the engine, vectors, and the loops over bytes.</summary>
    static readonly string[] MayBeUnsafe =
    [
        "src/Quern/Duck", "src/Quern/Chunks", "src/Quern/Csv", "src/Quern/Arrow", "src/Quern/Folding", "src/Quern/Delivery",
        "src/Quern.Cli/Terminal/Descriptor.cs",
    ];

    [Fact]
    public void Duck_chunks_and_budget_know_nothing_above_them() => Repository.AssertNone(
        Code([.. Ground.Select(f => "src/Quern/" + f)]).Where(l => Above(l.Text, LibraryFolders().Except(Ground)))
            .Select(Show),
        "Duck, Chunks and Budget refer to each other, to System and to the types at the root of Quern only");

    [Fact]
    public void Templates_know_nothing_of_projects() => Repository.AssertNone(
        Code("src/Quern/Jinja").Where(l => Above(l.Text, ["Projects", "Models", "Packs"])).Select(Show),
        "Jinja is a template language of its own: it does not refer to Projects, Models or Packs");

    [Fact]
    public void Projects_know_nothing_of_how_they_are_run() => Repository.AssertNone(
        Code("src/Quern/Projects").Where(l => Above(l.Text, ["Models", "Packs"])).Select(Show),
        "Models run what Projects read: Projects do not refer to Models or Packs");

    [Fact]
    public void Readers_of_formats_know_chunks_the_engine_and_files_only() => Repository.AssertNone(
        from folder in (string[])["Csv", "Arrow"]
        from line in Code("src/Quern/" + folder)
        where Above(line.Text, LibraryFolders().Except([folder, "Chunks", "Duck", "Files", .. Written(line.Path)]))
        select Show(line),
        "Csv and Arrow refer to Chunks, Duck, Files and the types at the root of Quern only; schemas of CSV to Yaml, too");

    [Fact]
    public void Yaml_knows_files_and_the_values_of_templates_only() => Repository.AssertNone(
        Code("src/Quern/Yaml").Where(l => Above(l.Text.Replace("Quern.Jinja.Values", "", StringComparison.Ordinal), LibraryFolders().Except(["Yaml", "Files"])))
            .Select(Show),
        "Yaml refers to Files and to the values of Jinja only: projects and schemas of CSV are made of it");

    [Fact]
    public void The_library_does_not_know_the_command() => Repository.AssertNone(
        Code("src/Quern").Where(l => l.Text.Contains("Quern.Cli", StringComparison.Ordinal)).Select(Show),
        "the library works without the command line");

    [Fact]
    public void Unsafe_code_stays_in_few_places() => Repository.AssertNone(
        Code("src").Where(l => !Repository.Below(l.Path, MayBeUnsafe) && Unsafe().IsMatch(Literal().Replace(l.Text, "\"\""))).Select(Show),
        $"unsafe code belongs into {string.Join(", ", MayBeUnsafe)}");

    /// <summary>Lines that are not comments.</summary>
    static IEnumerable<(string Path, int Line, string Text)> Code(params string[] folders) =>
        from path in Repository.CSharp(folders)
        from line in Repository.Lines(path)
        where !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal)
        select (path, line.Number, line.Text);

    static List<string> LibraryFolders() =>
    [
        .. Repository.CSharp("src/Quern").Select(path => path.Split('/'))
            .Where(parts => parts.Length > 3).Select(parts => parts[2]).Distinct(),
    ];

    // Schemas of CSV are written in YAML.
    static string[] Written(string path) => Repository.Below(path, "src/Quern/Csv/Schemas") ? ["Yaml"] : [];

    // Quern.Files.InputFile; or Files.InputFile, as the namespace Quern is around all of them.
    static bool Above(string line, IEnumerable<string> folders) =>
        folders.Any(folder => Regex.IsMatch(line, $@"\bQuern\.{folder}\b|(?<![\w.]){folder}\.[A-Z]\w*\b(?!\()"));

    static string Show((string Path, int Line, string Text) at) => $"{at.Path}:{at.Line}: {at.Text.Trim()}";

    [GeneratedRegex(@"\bunsafe\b")]
    private static partial Regex Unsafe();

    [GeneratedRegex("""
        "(?:\\.|[^"\\])*"
        """)]
    private static partial Regex Literal();
}
