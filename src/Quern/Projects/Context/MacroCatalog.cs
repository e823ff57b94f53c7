using Quern.Jinja;
using Quern.Projects.Library;
using Quern.Projects.Reading;

namespace Quern.Projects.Context;

/// <summary>The macros of the root project, its packages and the library, and which of them a name means.</summary>
/// <remarks>A bare name means, in this order: a macro of the package whose node is rendered, of the root project, a package, a macro of
/// the library, a function of the context.</remarks>
sealed class MacroCatalog
{
    /// <summary>The package that the library's macros are in.</summary>
    public const string Library = "dbt";

    readonly Dictionary<string, Dictionary<string, object>> _packages = new(StringComparer.Ordinal);
    readonly Dictionary<string, ProjectMacro> _byId = new(StringComparer.Ordinal);
    readonly Dictionary<string, Globals> _layers = new(StringComparer.Ordinal);
    readonly Globals _functions;
    readonly string _root;

    /// <summary>Parses all macro files, several at a time.</summary>
    /// <param name="project">Root project and packages.</param>
    /// <param name="environment">The environment macros run in.</param>
    /// <param name="functions">The functions of the context, below all macros.</param>
    /// <param name="natives">Macros of the library that are not written as templates, by name.</param>
    /// <param name="warn">Takes warnings: code and sentence.</param>
    public MacroCatalog(
        ProjectSet project, TemplateEnvironment environment, Globals functions, IReadOnlyDictionary<string, object> natives,
        Action<string, string> warn)
    {
        (_root, _functions) = (project.Root.Name, functions);
        var files = LibraryFiles.All.Select(f => new MacroFile(Library, f, $"{Library}/{f.File}"))
            .Concat(project.Packages.SelectMany(p => p.MacroFiles.Select(f => new MacroFile(p.Name, f, Shown(project.Root, p, f)))))
            .ToList();
        var parsed = Each.Of(files, file => environment.ParseBlocks(file.Source.Text, file.Path));
        foreach (var name in project.Packages.Select(p => p.Name).Append(Library)) _packages.TryAdd(name, new(StringComparer.Ordinal));
        foreach (var (name, native) in natives) _packages[Library][name] = native;
        for (var i = 0; i < files.Count; i++) Add(files[i].Package, files[i].Source.File, parsed[i], warn);
        foreach (var name in _packages.Keys) _layers[name] = Layer(name);
    }

    /// <summary>All macros by id.</summary>
    public IReadOnlyDictionary<string, ProjectMacro> ById => _byId;

    /// <summary>The names that a node of a package sees, below those of its own.</summary>
    public Globals NamesFor(string package) => _layers.GetValueOrDefault(package) ?? _layers[_root];

    /// <summary>A macro of a package; null when there is none.</summary>
    public object? Find(string package, string name) =>
        _packages.TryGetValue(package, out var macros) ? macros.GetValueOrDefault(name) : null;

    /// <summary>The macros of a package by name; null when there is no such package.</summary>
    public IReadOnlyDictionary<string, object>? Of(string package) => _packages.GetValueOrDefault(package);

    /// <summary>What <c>name</c> or <c>package.name</c> means for a node of a package; null when it is no macro.</summary>
    public object? Resolve(string name, string package) =>
        name.IndexOf('.', StringComparison.Ordinal) is var dot and > 0
            ? Find(name[..dot], name[(dot + 1)..])
            : Find(package, name) ?? Find(_root, name) ?? Find(Library, name);

    /// <summary>Whether a package is there.</summary>
    public bool Has(string package) => _packages.ContainsKey(package);

    /// <summary>Names that macros can be called by, for suggestions.</summary>
    public IEnumerable<string> Names() =>
        _packages.SelectMany(p => p.Key == _root || p.Key == Library ? p.Value.Keys : p.Value.Keys.Select(name => $"{p.Key}.{name}"));

    void Add(string package, string file, Template template, Action<string, string> warn)
    {
        foreach (var skipped in template.Skipped)
            warn("QN7160", $"the tag '{skipped.Name}' outside of a macro is not known and passed over: {skipped.Place}");
        foreach (var macro in template.Macros)
        {
            var id = $"macro.{package}.{macro.Name}";
            var found = new ProjectMacro(id, package, file, macro);
            if (!_byId.TryAdd(id, found)) throw Twice(_byId[id], found);
            _packages[package][macro.Name] = new LoadedMacro(found);
        }
    }

    Globals Layer(string package)
    {
        var names = new Globals(_functions);
        foreach (var (name, macro) in _packages[Library]) names[name] = macro;
        foreach (var (name, macros) in _packages) names[name] = new PackageNamespace(name, macros);
        foreach (var (name, macro) in _packages[_root]) names[name] = macro;
        if (package != _root && package != Library)
        {
            foreach (var (name, macro) in _packages[package]) names[name] = macro;
        }
        return names;
    }

    // Files of packages are shown from the folder of the root project.
    static string Shown(Package root, Package package, TemplateFile file) =>
        package == root ? file.File : Path.Combine(Path.GetRelativePath(root.Folder, package.Folder), file.File);

    static QuernException Twice(ProjectMacro first, ProjectMacro second) => new(
        new Fault("QN7161", $"two macros of package {first.Package} have the name {first.Name}")
        {
            Where = $"{second.Macro.Place} and {first.Macro.Place}",
            Try = ["rename or remove one of them"],
            ExitCode = ExitCode.Usage,
        });

    sealed record MacroFile(string Package, TemplateFile Source, string Path);
}
