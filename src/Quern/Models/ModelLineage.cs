using Quern.Projects;
using Quern.Projects.Nodes;

namespace Quern.Models;

/// <summary>Who reads what among models; a view is read when something reads from it, not when it is made.</summary>
static class ModelLineage
{
    /// <summary>All models, each behind those it reads; where that leaves a choice, in the order of the manifest.</summary>
    public static IReadOnlyList<Node> Ordered(Manifest manifest)
    {
        var ordered = new List<Node>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in manifest.Nodes.Values.Where(n => n.Kind == ResourceKind.Model)) Visit(node);
        return ordered;

        // Loading has made sure that there is no circle.
        void Visit(Node node)
        {
            if (!seen.Add(node.Id)) return;
            foreach (var id in node.DependsOn)
                if (manifest.Nodes.TryGetValue(id, out var read) && read.Kind == ResourceKind.Model) Visit(read);
            ordered.Add(node);
        }
    }

    /// <summary>Only those models that some wanted ones need, in the same order.</summary>
    public static IReadOnlyList<Node> Needed(IReadOnlyList<Node> models, IReadOnlyCollection<string> wanted)
    {
        var needed = new HashSet<string>(wanted, StringComparer.Ordinal);
        foreach (var model in models.Reverse())
        {
            if (needed.Contains(model.Id)) needed.UnionWith(model.DependsOn);
        }
        return [.. models.Where(m => needed.Contains(m.Id))];
    }

    /// <summary>
    /// For each table the table after which it can go: the last that reads it, itself or through views. Tables that are wanted, or that a
    /// wanted view reads, do not go.
    /// </summary>
    public static Dictionary<string, string> LastReaders(IReadOnlyList<Node> models, IEnumerable<string> wanted)
    {
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        var behind = Walk(models, (reader, tables, _) =>
        {
            foreach (var table in tables) last[table] = reader;
        });
        foreach (var table in wanted.SelectMany(id => behind[id])) last.Remove(table);
        return last;
    }

    /// <summary>For each table what its statement reads beside models, itself or through views: sources.</summary>
    public static Dictionary<string, IReadOnlyCollection<string>> Sources(IReadOnlyList<Node> models)
    {
        var sources = new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.Ordinal);
        Walk(models, (reader, _, read) => sources[reader] = read);
        return sources;
    }

    /// <summary>Whether a model is computed once.</summary>
    public static bool IsTable(Node model) => model.Config.Materialized == "table";

    /// <summary>Visits each table with the tables and sources that it reads.</summary>
    /// <returns>For each model the tables that one reads who reads it.</returns>
    static Dictionary<string, HashSet<string>> Walk(
        IReadOnlyList<Node> models, Action<string, HashSet<string>, HashSet<string>> visitTable)
    {
        var tables = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var sources = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var model in models)
        {
            var readTables = new HashSet<string>(StringComparer.Ordinal);
            var readSources = new HashSet<string>(StringComparer.Ordinal);
            foreach (var id in model.DependsOn)
            {
                if (!tables.TryGetValue(id, out var behind))
                {
                    readSources.Add(id);
                    continue;
                }
                readTables.UnionWith(behind);
                readSources.UnionWith(sources[id]);
            }
            var isTable = IsTable(model);
            tables[model.Id] = isTable ? [model.Id] : readTables;
            sources[model.Id] = isTable ? [] : readSources;
            if (isTable) visitTable(model.Id, readTables, readSources);
        }
        return tables;
    }
}
