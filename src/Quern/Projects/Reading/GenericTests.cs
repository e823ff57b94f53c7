using Quern.Jinja.Values;
using Quern.Projects.Context;
using Quern.Projects.Nodes;
using Quern.Projects.Settings;

namespace Quern.Projects.Reading;

/// <summary>Makes nodes of the generic tests in YAML files. Thread-safe.</summary>
sealed class GenericTests
{
    /// <summary>Tests of the library whose templates read nothing but what their arguments name: they need not be rendered.</summary>
    static readonly string[] Plain = ["not_null", "unique", "accepted_values", "relationships"];

    readonly ProjectTemplates _templates;
    readonly NodeSettings _settings;
    readonly RelationNames _names;
    readonly PropertiesReader _reader;
    readonly Dictionary<string, List<ProjectMacro>> _macros = new(StringComparer.Ordinal);
    readonly HashSet<string> _packages;

    /// <summary>Looks which tests there are.</summary>
    public GenericTests(ProjectTemplates templates, ProjectSet set, NodeSettings settings, RelationNames names, PropertiesReader reader)
    {
        (_templates, _settings, _names, _reader) = (templates, settings, names, reader);
        _packages = set.Packages.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var macro in templates.Macros.Values)
        {
            var name = macro.Id[(macro.Id.LastIndexOf('.') + 1)..];
            if (!name.StartsWith("test_", StringComparison.Ordinal)) continue;
            if (!_macros.TryGetValue(name["test_".Length..], out var list)) _macros[name["test_".Length..]] = list = [];
            list.Add(macro);
        }
    }

    /// <summary>Makes the node of a test.</summary>
    /// <param name="file">The file it stands in.</param>
    /// <param name="entry">The test.</param>
    /// <param name="target">What it tests.</param>
    /// <exception cref="QuernException">QN7186: it is none. QN7187: there is no such test.</exception>
    public Node Read(PropertiesFile file, TestEntry entry, TestTarget target)
    {
        var draft = TestDraft.Read(_reader, file, entry);
        var macro = Find(draft, file, entry);
        var (full, relation) = TestNames.Make(draft.Space, draft.Test, target, draft.Arguments);
        if (draft.Name is null && full != relation) draft.Config["alias"] ??= relation;
        var name = draft.Name ?? full;
        List<string> path = [.. file.Prefix, name];
        var config = NodeSettings.Before(ResourceKind.Test, "data_tests", file.Package, path, null);
        var call = $"{{{{ {(draft.Space is null ? "" : draft.Space + ".")}test_{draft.Test}(**_dbt_generic_test_kwargs) }}}}";
        var code = call + ConfigCall(draft.Config);
        var node = new Node(ResourceKind.Test)
        {
            Id = $"test.{file.Package.Name}.{name}.{TestNames.Hash(name, draft.Space, draft.Test, target, draft.Arguments)}",
            Name = name,
            Package = file.Package.Name,
            PackageFolder = file.Package.Folder,
            File = file.File,
            Line = entry.Entry.Line,
            PathInRoot = $"{(draft.Name is null ? relation : name)}.sql",
            Path = path,
            RawCode = code,
            Config = config,
            Description = draft.Description,
            Checksum = NodeReader.Hash(code),
            Test = new GenericTest(draft.Space, draft.Test, draft.Arguments, entry.Column, target.Id),
        };
        if (target.Ref is not null) node.Refs.Add(target.Ref);
        if (target.Source is not null) node.Sources.Add(target.Source);
        Dict? template = null;
        if (Plain.Contains(draft.Test) && !_packages.Contains(macro.Package))
        {
            node.Macros.AddRange([macro.Id, "macro.dbt.get_where_subquery"]);
            foreach (var (_, value) in draft.Arguments)
                if (value is string text) CallText.Find(text, file.Place(entry.Entry), node.Refs, node.Sources);
        }
        else
        {
            var capture = _templates.Parse(call, node, config);
            NodeReader.Take(node, Without(capture, target));
            template = capture.Config;
        }
        if (template is not null) ConfigMerge.Into(config.Values, template, file.Place(entry.Entry));
        _settings.Complete(config, "data_tests", file.Package, path, draft.Config);
        config.Written = _settings.Written("data_tests", file.Package, path, template, draft.Config);
        _names.Set(node);
        return node;
    }

    // The test's own relation is read through its id; the call that this makes is not another one.
    static NodeCapture Without(NodeCapture capture, TestTarget target) => target.Ref is null
        ? capture
        : capture with { Refs = [.. capture.Refs.Where(r => r.Name != target.Ref.Name || r.Package is null || PythonText.Of(r.Version) != PythonText.Of(target.Ref.Version))] };

    ProjectMacro Find(TestDraft draft, PropertiesFile file, TestEntry entry)
    {
        var known = _macros.GetValueOrDefault(draft.Test) ?? [];
        var found = draft.Space is null
            ? known.Find(m => m.Package == file.Package.Name) ?? known.Find(m => _packages.Contains(m.Package)) ?? known.FirstOrDefault()
            : known.Find(m => m.Package == draft.Space);
        if (found is not null) return found;
        var near = NearestName.Of(draft.Test, _macros.Keys);
        throw new QuernException(new Fault("QN7187", "there is no generic test of this name")
        {
            Where = file.Place(entry.Entry),
            Value = draft.Space is null ? draft.Test : $"{draft.Space}.{draft.Test}",
            Wanted = "a test block, or a macro whose name begins with test_",
            Try = near is null || near == draft.Test ? ["install the package that brings it"] : [$"did you mean {near}?"],
            ExitCode = ExitCode.Usage,
        });
    }

    static string ConfigCall(Dict config) => config.Count == 0 ? "" : $"{{{{ config({string.Join(",", config.Select(c => $"{Texts.Of(c.Key)}={(c.Value is string text
        ? $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : PythonText.Represent(c.Value))}"))}) }}}}";
}
