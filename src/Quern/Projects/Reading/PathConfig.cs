using Quern.Jinja.Values;

namespace Quern.Projects.Reading;

/// <summary>Configuration by path in dbt_project.yml: levels along package, folders and name, the deepest last.</summary>
static class PathConfig
{
    /// <summary>The levels of a section that apply to a path, the least specific first.</summary>
    /// <param name="section">A section of the file: <c>models</c>; null for none.</param>
    /// <param name="path">Package, folders and name.</param>
    public static IEnumerable<Dict> Levels(Dict? section, IReadOnlyList<string> path)
    {
        if (section is null) yield break;
        yield return Own(section);
        var level = section;
        foreach (var name in path)
        {
            if (level[name] is not Dict next) yield break;
            yield return Own(next);
            level = next;
        }
    }

    /// <summary>Paths of a section that hold configuration, as names joined by dots, to find those that apply to nothing.</summary>
    public static IEnumerable<string> Paths(Dict section, string prefix = "")
    {
        foreach (var (key, value) in section)
        {
            if (key is not string name || name.StartsWith('+') || value is not Dict level) continue;
            var path = prefix.Length == 0 ? name : $"{prefix}.{name}";
            if (Own(level).Count > 0) yield return path;
            foreach (var deeper in Paths(level, path)) yield return deeper;
        }
    }

    // A key with a plus is configuration; without one, a dict is a folder and anything else configuration.
    static Dict Own(Dict level)
    {
        var own = new Dict();
        foreach (var (key, value) in level)
        {
            if (key is not string name) continue;
            if (name.StartsWith('+')) own[name[1..].Trim()] = value;
            else if (value is not Dict) own[name] = value;
        }
        return own;
    }
}
