using Quern.Jinja.Values;
using Quern.Projects;
using Quern.Projects.Nodes;
using Quern.Tests.Files;
using Quern.Yaml;

namespace Quern.Tests.Projects.Reading;

/// <summary>A project in a folder of its own, removed afterwards.</summary>
sealed class ProjectFolder : IDisposable
{
    public const string File = "name: shop\nprofile: shop\n";
    const string Profiles = "shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb}\n";

    readonly ScratchFolder _folder = new();

    /// <summary>An empty project with a profile.</summary>
    public ProjectFolder(string settings = "")
    {
        Write("dbt_project.yml", File + settings);
        Write("profiles.yml", Profiles);
    }

    public string Folder => _folder.Path;

    /// <summary>Warnings of the last reading: code and sentence.</summary>
    public List<string> Warnings { get; } = [];

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>A copy of the sample project.</summary>
    public static ProjectFolder Shop()
    {
        var project = new ProjectFolder();
        var from = Path.Combine(AppContext.BaseDirectory, "Cases", "shop", "project");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            project.Write(Path.GetRelativePath(from, file), System.IO.File.ReadAllText(file));
        return project;
    }

    public ProjectFolder Write(string name, string text)
    {
        _folder.Write(name, text);
        return this;
    }

    public Invocation Invocation(string vars = "") => new()
    {
        ProjectFolder = Folder,
        WorkingDirectory = Folder,
        Which = "build",
        Vars = (Dict?)YamlText.Read(vars, "--vars") ?? new Dict(),
        Environment = name => Environment.GetValueOrDefault(name),
        StartedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Warn = (code, text) =>
        {
            lock (Warnings) Warnings.Add($"{code} {text}");
        },
    };

    public LoadedProject Load(string vars = "") => ProjectLoader.Load(Invocation(vars));

    public Manifest Read(string vars = "") => Load(vars).Manifest;

    public Node Node(string id, string vars = "") => Read(vars).Nodes[id];

    /// <summary>The fault that reading ends with, the folder as BASE.</summary>
    public string Fault(string vars = "") => _folder.Text(Assert.Throws<QuernException>(() => Read(vars)).Fault);

    public void Dispose() => _folder.Dispose();
}
