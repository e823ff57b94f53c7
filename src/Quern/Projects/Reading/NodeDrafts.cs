using Quern.Jinja;
using Quern.Jinja.Values;
using Quern.Projects.Nodes;
using Quern.Projects.Settings;

namespace Quern.Projects.Reading;

/// <summary>Finds what in a package's files becomes a node.</summary>
static class NodeDrafts
{
    /// <summary>Models, seeds, snapshots, analyses, singular tests and hooks of a package.</summary>
    /// <exception cref="QuernException">A snapshot file cannot be read.</exception>
    public static IEnumerable<NodeDraft> Of(ProjectFiles files, ProjectProperties properties)
    {
        var package = files.Package;
        foreach (var file in files.Models.Concat(files.Python)) yield return Model(package, file, properties);
        foreach (var draft in Snapshots(files, properties)) yield return draft;
        foreach (var file in files.Analyses) yield return Plain(ResourceKind.Analysis, "analyses", package, file, properties, "analysis");
        foreach (var file in files.Tests) yield return Plain(ResourceKind.Test, "data_tests", package, file, properties, null);
        foreach (var file in files.Seeds) yield return Plain(ResourceKind.Seed, "seeds", package, file, properties, null) with { Code = "" };
        foreach (var draft in Hooks(package)) yield return draft;
    }

    static NodeDraft Model(Package package, FoundFile file, ProjectProperties properties)
    {
        var plain = Plain(ResourceKind.Model, "models", package, file, properties, null);
        if (properties.Version(package.Name, plain.Name) is not { } patch) return plain;
        patch.IsUsed = true;
        var version = Texts.Of(patch.Version);
        return plain with { Name = patch.Name, Patch = patch, Path = [.. plain.Path.SkipLast(1), patch.Name, $"v{version}"] };
    }

    static NodeDraft Plain(
        ResourceKind kind, string section, Package package, FoundFile file, ProjectProperties properties, string? folder)
    {
        var name = Path.GetFileNameWithoutExtension(file.File);
        var folders = file.PathInRoot.Split('/')[..^1];
        var patch = properties.Find(package.Name, section, name);
        if (patch is not null) patch.IsUsed = true;
        return new NodeDraft
        {
            Kind = kind,
            Section = section,
            Package = package,
            Name = name,
            File = file.File,
            PathInRoot = folder is null ? file.PathInRoot : $"{folder}/{file.PathInRoot}",
            Path = folder is null ? [package.Name, .. folders, name] : [package.Name, folder, .. folders, name],
            Patch = patch,
        };
    }

    static IEnumerable<NodeDraft> Snapshots(ProjectFiles files, ProjectProperties properties)
    {
        var package = files.Package;
        var environment = new TemplateEnvironment();
        environment.Add(new BlockTag("snapshot"));
        foreach (var (file, pathInRoot) in files.Snapshots)
        {
            var text = PackageFiles.Text(package.Folder, file);
            foreach (var block in environment.ParseBlocks(text, file).Blocks)
            {
                var patch = properties.Find(package.Name, "snapshots", block.Header.Name);
                if (patch is not null) patch.IsUsed = true;
                yield return new NodeDraft
                {
                    Kind = ResourceKind.Snapshot,
                    Section = "snapshots",
                    Package = package,
                    Name = block.Header.Name,
                    File = file,
                    PathInRoot = pathInRoot,
                    Path = [package.Name, .. Path.ChangeExtension(pathInRoot, null).Split('/'), block.Header.Name],
                    Code = block.Text,
                    Line = LineOf(block.Place),
                    Patch = patch,
                };
            }
        }
        foreach (var patch in properties.Patches.Where(p => p.Relation is not null && p.Section == "snapshots" && p.File.Package == package))
        {
            patch.IsUsed = true;
            yield return new NodeDraft
            {
                Kind = ResourceKind.Snapshot,
                Section = "snapshots",
                Package = package,
                Name = patch.Name,
                File = patch.File.File,
                PathInRoot = $"{patch.Name}.sql",
                Path = [.. patch.File.Prefix, patch.Name],
                Code = Template.HasMarks(patch.Relation!) ? $"select * from {patch.Relation}" : $"select * from {{{{ {patch.Relation} }}}}",
                Line = patch.Line,
                Patch = patch,
            };
        }
    }

    static IEnumerable<NodeDraft> Hooks(Package package)
    {
        foreach (var (when, hooks) in new[] { ("on-run-start", package.OnRunStart), ("on-run-end", package.OnRunEnd) })
        {
            for (var i = 0; i < hooks.Count; i++)
            {
                var name = FormattableString.Invariant($"{package.Name}-{when}-{i}");
                yield return new NodeDraft
                {
                    Kind = ResourceKind.Operation,
                    Section = "",
                    Package = package,
                    Name = name,
                    File = PackageReader.FileName,
                    PathInRoot = $"hooks/{name}.sql",
                    Path = [package.Name, "hooks", name],
                    Code = hooks[i],
                    Extra = new Dict { ["tags"] = when },
                    HookIndex = i,
                };
            }
        }
    }

    // A place is path:line:column.
    static int LineOf(string place) => int.Parse(place.Split(':')[^2], System.Globalization.CultureInfo.InvariantCulture);
}
