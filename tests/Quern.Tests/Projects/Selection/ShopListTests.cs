using System.Text.Json;
using Quern.Projects;
using Quern.Projects.Artifacts;
using Quern.Projects.Selection;
using Quern.Tests.House;
using Quern.Tests.Projects.Artifacts;

namespace Quern.Tests.Projects.Selection;

/// <summary>What dbt lists of the shop project (the README beside its data), and the artifacts of that project.</summary>
public sealed class ShopListTests
{
    const string Folder = "tests/Quern.Cli.Tests/Cases/shop";

    static readonly JsonElement[] Steps = ReadSteps();

    static readonly Lazy<LoadedProject> Shop = new(() => ProjectLoader.Load(new Invocation
    {
        ProjectFolder = Repository.Absolute($"{Folder}/project"),
        WorkingDirectory = Repository.Absolute($"{Folder}/project"),
        ProfilesFolder = Repository.Absolute($"{Folder}/project"),
        Which = "list",
        Environment = _ => null,
        StartedAt = new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero),
    }));

    public static TheoryData<string> Commands => [.. Steps.Select(Command)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_selection_selects_what_dbt_selects(string command)
    {
        var step = Steps.Single(s => Command(s) == command);
        var (request, form) = Read(command);
        var selected = new NodeSelector(Shop.Value).Select(request, "list");
        Assert.Equal(
            step.GetProperty("lines").EnumerateArray().Select(l => l.GetString()!).Order(StringComparer.Ordinal),
            ResourceList.Lines(Shop.Value, selected.Resources, form).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void There_are_23_lists_to_compare() => Assert.Equal(23, Steps.Length);

    [Fact]
    public void Its_manifest_has_the_fields_of_the_public_schema()
    {
        using var stream = new MemoryStream();
        new ManifestWriter(ArtifactFacts.Of(Shop.Value)).Write(stream);
        using var document = JsonDocument.Parse(stream.ToArray());
        Assert.Empty(PublicSchema.OfManifest(document.RootElement));
        var macro = document.RootElement.GetProperty("macros").GetProperty("macro.abacus.to_amount");
        Assert.StartsWith("{% macro to_amount(", macro.GetProperty("macro_sql").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_modified_against_its_own_manifest()
    {
        var folder = Directory.CreateTempSubdirectory("quern-shop-").FullName;
        try
        {
            new ManifestWriter(ArtifactFacts.Of(Shop.Value)).Write(Path.Combine(folder, "manifest.json"));
            var selector = new NodeSelector(Shop.Value);
            Assert.Empty(
                selector.Select(new SelectionRequest { Select = ["state:modified", "state:new"], StateFolder = folder }, "build").Resources);
            Assert.Equal(
                selector.Select(new SelectionRequest(), "build").Ids,
                selector.Select(new SelectionRequest { Select = ["state:unmodified"], StateFolder = folder }, "build").Ids);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static string Command(JsonElement step) => step.GetProperty("command").GetString()!;

    static (SelectionRequest Request, ListForm Form) Read(string command)
    {
        var words = command.Replace("'", "", StringComparison.Ordinal).Split(' ').Skip(2);
        var values = new Dictionary<string, List<string>>();
        var option = "";
        foreach (var word in words)
        {
            if (word.StartsWith('-')) values[option = word] = [];
            else values[option].Add(word);
        }
        var request = new SelectionRequest
        {
            Select = values.GetValueOrDefault("-s"),
            Exclude = values.GetValueOrDefault("--exclude"),
            ResourceTypes = values.GetValueOrDefault("--resource-type") ?? [],
            Indirect = values.TryGetValue("--indirect-selection", out var mode) ? Enum.Parse<IndirectSelection>(mode[0], ignoreCase: true)
                : default,
        };
        return (request, values.ContainsKey("--output") ? ListForm.Name : ListForm.Selector);
    }

    static JsonElement[] ReadSteps()
    {
        using var document = JsonDocument.Parse(Repository.Read($"{Folder}/expected.json"));
        return [.. document.RootElement.GetProperty("steps").EnumerateArray()
            .Where(s => s.TryGetProperty("lines", out _)).Select(s => s.Clone())];
    }
}
