using Quern.Jinja.Values;
using Quern.Yaml;

namespace Quern.Projects.Settings;

/// <summary>Reads dbt_project.yml. Keys that are not known are passed over, as dbt does.</summary>
static class PackageReader
{
    internal const string FileName = "dbt_project.yml";

    /// <summary>Sections of configuration by path, with the older name of one of them.</summary>
    static readonly string[] Sections = ["models", "seeds", "snapshots", "data_tests", "sources", "exposures", "unit_tests", "analyses"];

    static readonly (string Kind, string Key, string? Older, string[] Default)[] Paths =
    [
        ("model", "model-paths", "source-paths", ["models"]),
        ("seed", "seed-paths", "data-paths", ["seeds"]),
        ("snapshot", "snapshot-paths", null, ["snapshots"]),
        ("test", "test-paths", null, ["tests"]),
        ("macro", "macro-paths", null, ["macros"]),
        ("analysis", "analysis-paths", null, ["analyses"]),
        ("asset", "asset-paths", null, []),
    ];

    /// <summary>Reads the file as it stands; nothing is rendered.</summary>
    /// <param name="folder">Absolute path of the folder that holds it.</param>
    /// <param name="shown">How errors call the file.</param>
    /// <exception cref="QuernException">QN7101: there is none. QN7102, QN7103, QN7170: it cannot be read.</exception>
    public static Dict ReadRaw(string folder, string shown)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new QuernException(new Fault("QN7101", "there is no project here")
            {
                Where = folder,
                Wanted = "a folder with a dbt_project.yml",
                Try = shown == FileName ? ["--project-dir FOLDER     if it is elsewhere", "quern init NAME     begins one"] : [],
                ExitCode = ExitCode.Usage,
            });
        }
        return YamlText.ReadMap(PackageFiles.Text(folder, FileName), shown);
    }

    /// <summary>Makes a package of what <see cref="ReadRaw"/> gave.</summary>
    /// <param name="raw">The file.</param>
    /// <param name="folder">Absolute path of its folder.</param>
    /// <param name="shown">How errors call the file.</param>
    /// <param name="templates">Renders its values.</param>
    /// <exception cref="QuernException">QN7104: it has no name. QN7105: paths are no list of folders.</exception>
    public static Package Make(Dict raw, string folder, string shown, SettingsTemplates templates)
    {
        var settings = new Dict();
        foreach (var (key, value) in raw)
        {
            settings[key] = key is "vars" or "on-run-start" or "on-run-end" or "query-comment"
                ? value
                : templates.Render(value, $"{shown}, {key}", k => !IsHook(k as string));
        }
        if (settings["name"] is not string { Length: > 0 } name)
            throw new QuernException(new Fault("QN7104", "the project has no name") { Where = shown, ExitCode = ExitCode.Usage });
        var paths = PathsOf(settings, shown);
        var target = settings["target-path"] as string ?? "target";
        return new Package
        {
            Name = name,
            Folder = folder,
            Version = Texts.Of(settings["version"]) ?? "",
            Profile = settings["profile"] as string,
            Paths = paths,
            TargetPath = target,
            CleanTargets = settings.ContainsKey("clean-targets") ? Texts.Many(settings["clean-targets"]) : [target],
            PackagesPath = settings["packages-install-path"] as string ?? settings["modules-path"] as string ?? "dbt_packages",
            Vars = raw["vars"] as Dict ?? new Dict(),
            Configs = Configs(settings),
            WrittenConfigs = Configs(raw),
            Dispatch = Dispatch(settings["dispatch"]),
            OnRunStart = Texts.Many(raw["on-run-start"]),
            OnRunEnd = Texts.Many(raw["on-run-end"]),
            Quoting = settings["quoting"] as Dict ?? new Dict(),
            Flags = settings["flags"] as Dict ?? new Dict(),
            Raw = raw,
            MacroFiles = Macros(folder, paths),
        };
    }

    /// <summary>Whether a key holds hooks, whose templates are rendered when they run.</summary>
    internal static bool IsHook(string? key) => key?.TrimStart('+') is "pre-hook" or "post-hook" or "pre_hook" or "post_hook";

    static Dictionary<string, Dict> Configs(Dict settings)
    {
        var configs = new Dictionary<string, Dict>();
        foreach (var section in Sections)
            if (settings[section] is Dict config) configs[section] = config;
        // Before dbt 1.8 data tests were tests; both may stand in a file.
        if (settings["tests"] is Dict older)
        {
            var tests = older.Copy();
            if (configs.TryGetValue("data_tests", out var newer))
            {
                foreach (var (key, value) in newer) tests[key] = value;
            }
            configs["data_tests"] = tests;
        }
        return configs;
    }

    static Dictionary<string, IReadOnlyList<string>> PathsOf(Dict settings, string shown)
    {
        var paths = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (kind, key, older, standard) in Paths)
        {
            var used = settings.ContainsKey(key) || older is null || !settings.ContainsKey(older) ? key : older;
            paths[kind] = settings.TryGetValue(used, out var value) && value is not null ? Folders(value, used, shown) : standard;
        }
        paths["docs"] = settings["docs-paths"] is { } docs
            ? Folders(docs, "docs-paths", shown)
            : [.. paths.Where(p => p.Key != "asset").SelectMany(p => p.Value).Distinct(StringComparer.Ordinal)];
        return paths;
    }

    static List<string> Folders(object value, string key, string shown)
    {
        if (value is List<object?> list && list.All(f => f is string { Length: > 0 })) return [.. list.Cast<string>().Select(f => f.TrimEnd('/'))];
        throw new QuernException(new Fault("QN7105", "a list of folders is wanted")
        {
            Where = $"{shown}, {key}",
            Try = [$"{key}: [\"...\"]"],
            ExitCode = ExitCode.Usage,
        });
    }

    static Dictionary<string, IReadOnlyList<string>> Dispatch(object? value)
    {
        var orders = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var entry in (value as List<object?> ?? []).OfType<Dict>())
            if (entry["macro_namespace"] is string space) orders[space] = Texts.Many(entry["search_order"]);
        return orders;
    }

    static List<TemplateFile> Macros(string folder, Dictionary<string, IReadOnlyList<string>> paths) =>
    [
        .. PackageFiles.Find(folder, paths["macro"], ".sql")
            .Concat(PackageFiles.Find(folder, paths["test"].Select(t => Path.Combine(t, "generic")), ".sql"))
            .Select(f => PackageFiles.Read(folder, f.File, f.PathInRoot)),
    ];
}
