using Quern.Fuzz.Csv;
using Quern.Fuzz.Jinja;
using Quern.Fuzz.Yaml;

namespace Quern.Fuzz;

/// <summary>All targets.</summary>
static class FuzzTargets
{
    static readonly (string Name, Func<FuzzTarget> Make)[] Known =
    [
        ("jinja/templates", () => new RenderedTemplates()),
        ("jinja/macros", () => new MacroFiles()),
        ("jinja/expressions", () => new Expressions()),
        ("yaml/texts", () => new YamlTexts()),
        ("yaml/properties", () => new PropertiesFiles()),
        ("yaml/project", () => new SettingsFiles("yaml/project", "dbt_project.yml")),
        ("yaml/profiles", () => new SettingsFiles("yaml/profiles", "profiles.yml")),
        ("yaml/packages", () => new SettingsFiles("yaml/packages", "packages.yml")),
        ("yaml/selectors", () => new SelectorFiles()),
        ("yaml/options", () => new OptionFiles()),
        .. CsvLayout.All.Select(layout => ($"csv/{layout.Name}", (Func<FuzzTarget>)(() => new CsvFiles(layout)))),
        ("csv/dialects", () => new PlannedCsv("dialects", isPlain: false)),
        ("csv/values", () => new PlannedCsv("values", isPlain: true)),
    ];

    /// <summary>Names of all.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(k => k.Name)];

    /// <summary>Makers of those of a group, of one by its name, or of all (<c>all</c>).</summary>
    public static IReadOnlyList<Func<FuzzTarget>> Of(string name) =>
        [.. Known.Where(k => name == "all" || k.Name == name || k.Name.StartsWith(name + "/", StringComparison.Ordinal)).Select(k => k.Make)];
}
