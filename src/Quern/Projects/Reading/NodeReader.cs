using System.Security.Cryptography;
using System.Text;
using Quern.Files;
using Quern.Projects.Context;
using Quern.Projects.Nodes;
using Quern.Projects.Settings;

namespace Quern.Projects.Reading;

/// <summary>Makes nodes of drafts: renders each template once in parse mode and puts together what is configured. Thread-safe.</summary>
sealed class NodeReader(ProjectTemplates templates, NodeSettings settings, RelationNames names)
{
    /// <summary>Makes a node; it may turn out to be disabled.</summary>
    /// <exception cref="QuernException">The template cannot be rendered.</exception>
    public Node Read(NodeDraft draft)
    {
        var package = draft.Package;
        var code = draft.Code ?? PackageFiles.Text(package.Folder, draft.File).Trim();
        var config = NodeSettings.Before(draft.Kind, draft.Section, package, draft.Path, draft.Patch?.Config);
        if (draft.File.EndsWith(".py", StringComparison.OrdinalIgnoreCase)) PythonDefault(draft, config);
        if (draft.Extra is not null) ConfigMerge.Into(config.Values, draft.Extra);
        var patch = draft.Patch;
        var node = new Node(draft.Kind)
        {
            Id = Id(draft),
            Name = draft.Name,
            Package = package.Name,
            PackageFolder = package.Folder,
            File = draft.File,
            PathInRoot = draft.PathInRoot,
            Path = draft.Path,
            Line = draft.Line,
            RawCode = code,
            Config = config,
            HookIndex = draft.HookIndex,
            Version = patch?.Version,
            LatestVersion = patch?.LatestVersion,
            Checksum = draft.Kind == ResourceKind.Seed ? HashFile(package.Folder, draft.File) : Hash(code),
            PatchFile = patch?.File.File,
        };
        if (patch is not null)
        {
            foreach (var column in patch.Columns) node.Columns[column.Name] = column;
            node.Constraints.AddRange(patch.Constraints);
        }
        if (draft.Kind == ResourceKind.Operation)
        {
            (node.Database, node.Schema, node.Alias) = (names.Target.Database, names.Target.Schema, node.Name);
            Take(node, templates.Parse(code, node, config));
            return node;
        }
        // A template may print itself ({{ this }}) while it is parsed: it has the names that are known until then.
        names.Set(node);
        if (draft.Kind == ResourceKind.Seed)
        {
            settings.Complete(config, draft.Section, package, draft.Path, null);
            config.Written = settings.Written(draft.Section, package, draft.Path, draft.Patch?.WrittenConfig, null);
        }
        else
        {
            var capture = node.IsPython ? PythonCalls.Read(code) : templates.Parse(code, node, config);
            Take(node, capture);
            settings.Complete(config, draft.Section, package, draft.Path, capture.Config);
            config.Written = settings.Written(draft.Section, package, draft.Path, draft.Patch?.WrittenConfig, capture.Config);
        }
        if (draft.Kind is ResourceKind.Model or ResourceKind.Snapshot or ResourceKind.Test or ResourceKind.Seed) names.Set(node);
        return node;
    }

    /// <summary>Notes what a template said it reads.</summary>
    public static void Take(Node node, NodeCapture capture)
    {
        foreach (var call in capture.Refs)
            if (!node.Refs.Contains(call)) node.Refs.Add(call);
        foreach (var call in capture.Sources)
            if (!node.Sources.Contains(call)) node.Sources.Add(call);
        foreach (var macro in capture.Macros)
            if (!node.Macros.Contains(macro)) node.Macros.Add(macro);
    }

    // A model in Python is a table unless somebody says otherwise: no database makes views of it.
    static void PythonDefault(NodeDraft draft, NodeConfig config)
    {
        var levels = PathConfig.Levels(draft.Package.Configs.GetValueOrDefault(draft.Section), draft.Path);
        if (draft.Patch?.Config.ContainsKey("materialized") != true && !levels.Any(l => l.ContainsKey("materialized"))) config["materialized"] = "table";
    }

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    static string HashFile(string folder, string file)
    {
        using var stream = FileBytes.OpenRegular(Path.Combine(folder, file), file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    static string Id(NodeDraft draft)
    {
        var version = draft.Patch?.Version is { } v ? $".v{Texts.Of(v)}" : "";
        return $"{draft.Kind.Name()}.{draft.Package.Name}.{draft.Name}{version}";
    }
}
