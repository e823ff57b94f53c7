using System.Globalization;
using System.Text.RegularExpressions;

namespace Quern.Tests.House;

public sealed partial class LayoutTests
{
    const int MostLines = 600;
    const int MostMedianLines = 150;

    static readonly string[] Projects =
        ["src/Quern", "src/Quern.Cli", "tests/Quern.Tests", "tests/Quern.Cli.Tests", "tests/Quern.Live.Tests", "bench/Quern.Bench", "bench/Quern.Fuzz"];

    const int MostColumns = 142;

    /// <summary>Folders whose lines all fit; the others follow as they are tidied.</summary>
    static readonly string[] Narrow =
    [
        "src/Quern/Arrow", "src/Quern/Budget", "src/Quern/Chunks", "src/Quern/Duck", "src/Quern/Files",
        "src/Quern/Jinja", "src/Quern/Running",
    ];

    /// <summary>Files that the runtime finds by a type without a namespace.</summary>
    static readonly string[] NoNamespace = ["Program.cs", "StartupHook.cs"];

    [Fact]
    public void No_source_file_has_more_than_600_lines() => Repository.AssertNone(
        Lengths().Where(f => f.Lines > MostLines).Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Path}: {f.Lines} lines")),
        "split these files: a source file has at most 600 lines");

    [Fact]
    public void Lines_have_at_most_142_columns() => Repository.AssertNone(
        from path in Repository.CSharp(Narrow)
        from line in Repository.Lines(path)
        where line.Text.Length > MostColumns
        select string.Create(CultureInfo.InvariantCulture, $"{path}:{line.Number}: {line.Text.Length} columns"),
        "break these lines: a line has at most 142 columns");

    [Fact]
    public void The_median_source_file_is_small()
    {
        var lengths = Lengths().Select(f => f.Lines).Order().ToList();
        Assert.True(lengths.Count > 100, $"only {lengths.Count} source files were found below src");
        var median = lengths[lengths.Count / 2];
        Assert.True(median < MostMedianLines, $"the median of the source files has {median} lines; it stays below {MostMedianLines}");
    }

    [Fact]
    public void Names_say_what_is_inside() => Repository.AssertNone(
        Repository.Files.Where(path => Repository.Below(path, "src", "tests", "bench", "packs"))
            .SelectMany(path => path.Split('/').Where(part => Vague().IsMatch(Stem(part))).Select(part => $"{part} in {path}")),
        "name these after what they hold, not after the drawer they lie in");

    [Fact]
    public void Namespaces_follow_folders() => Repository.AssertNone(
        Repository.CSharp(Projects).Where(path => !NoNamespace.Contains(Path.GetFileName(path))).Select(WrongNamespace).OfType<string>(),
        "the namespace of a file is its project and folder");

    [Fact]
    public void A_file_has_one_public_type() => Repository.AssertNone(
        Repository.CSharp("src").Select(
            path => (path, Types: PublicType().Matches(Repository.Read(path)).Select(m => m.Groups[1].Value).Distinct().ToList()))
            .Where(f => f.Types.Count > 1).Select(f => $"{f.path}: {string.Join(", ", f.Types)}"),
        "give each public type a file of its own");

    static IEnumerable<(string Path, int Lines)> Lengths() =>
        Repository.CSharp("src").Select(path => (path, Repository.Lines(path).Count()));

    static string Stem(string part) => part.Split('.')[0];

    static string? WrongNamespace(string path)
    {
        var project = Projects.First(p => Repository.Below(path, p));
        var folder = Path.GetDirectoryName(Path.GetRelativePath(project, path))!;
        var wanted = Path.GetFileName(project) + (folder.Length == 0 ? "" : "." + folder.Replace('/', '.'));
        var found = Namespace().Match(Repository.Read(path)) is { Success: true } match ? match.Groups[1].Value : "none";
        return found == wanted ? null : $"{path}: {found}, not {wanted}";
    }

    [GeneratedRegex("^(Common|Core|Misc)$|(Utils?|Utility|Utilities|Helpers?|Managers?|Services?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Vague();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^public (?:[a-z]+ )*(?:class|struct|record|interface|enum) (\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
