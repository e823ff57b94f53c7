using Quern.Projects;

namespace Quern.Models;

/// <summary>Who reads what among compiled models; a view is read when something reads from it, not when it is made.</summary>
public static class ModelLineage
{
    /// <summary>Only those models that some wanted ones need, in the same order.</summary>
    public static IReadOnlyList<CompiledModel> Needed(IReadOnlyList<CompiledModel> models, IReadOnlyCollection<string> wanted)
    {
        var needed = new HashSet<string>(wanted, StringComparer.Ordinal);
        foreach (var model in models.Reverse())
        {
            if (needed.Contains(model.Name)) needed.UnionWith(model.DependsOn);
        }
        return [.. models.Where(m => needed.Contains(m.Name))];
    }

    /// <summary>
    /// For each table the table after which it can go: the last that reads it, itself or through views. Tables that are wanted, or that a
    /// wanted view reads, do not go.
    /// </summary>
    public static Dictionary<string, string> LastReaders(IReadOnlyList<CompiledModel> models, IEnumerable<string> wanted)
    {
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        var behind = Walk(models, _ => [], (reader, tables, _) =>
        {
            foreach (var table in tables) last[table] = reader;
        });
        foreach (var table in wanted.SelectMany(name => behind[name])) last.Remove(table);
        return last;
    }

    /// <summary>For each table the sources that its statement reads, itself or through views.</summary>
    public static Dictionary<string, IReadOnlyCollection<string>> Sources(IReadOnlyList<CompiledModel> models)
    {
        var sources = new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.Ordinal);
        Walk(models, m => m.Sources, (reader, _, read) => sources[reader] = read);
        return sources;
    }

    /// <summary>Visits each table with the tables and sources that it reads.</summary>
    /// <returns>For each model the tables that one reads who reads it.</returns>
    static Dictionary<string, HashSet<string>> Walk(
        IReadOnlyList<CompiledModel> models, Func<CompiledModel, IEnumerable<string>> own, Action<string, HashSet<string>, HashSet<string>> visitTable)
    {
        var tables = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var sources = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var model in models)
        {
            var readTables = new HashSet<string>(model.DependsOn.SelectMany(name => tables[name]), StringComparer.Ordinal);
            var readSources = new HashSet<string>(own(model).Concat(model.DependsOn.SelectMany(name => sources[name])), StringComparer.Ordinal);
            var isTable = model.Materialization == Materialization.Table;
            tables[model.Name] = isTable ? [model.Name] : readTables;
            sources[model.Name] = isTable ? [] : readSources;
            if (isTable) visitTable(model.Name, readTables, readSources);
        }
        return tables;
    }
}
