using Quern.Projects.Nodes;

namespace Quern.Projects.Selection;

/// <summary>Methods that look at files.</summary>
static class PathMethod
{
    /// <summary>Resources whose file, or the YAML file that describes them, is at a path, and those below a folder there. Wildcards
    /// stay within a part of the path; <c>**</c> is any number of folders.</summary>
    public static Predicate<Resource> Of(string wanted, SelectionScene scene)
    {
        var pattern = wanted.Split('/').Where(p => p.Length > 0 && p != ".").ToArray();
        return r => Match(r, r.File, prefixes: true) || (r is Node { PatchFile: { } patch } && Match(r, patch, prefixes: false));

        bool Match(Resource resource, string file, bool prefixes)
        {
            var parts = file.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".").ToArray();
            for (var length = prefixes ? 0 : parts.Length; length <= parts.Length; length++)
            {
                if (Fits(parts.AsSpan(0, length), pattern) && scene.HasPath(resource, string.Join('/', parts[..length]))) return true;
            }
            return false;
        }
    }

    /// <summary>Resources by the name of their file, with or without its ending.</summary>
    public static Predicate<Resource> FileName(string wanted) => r =>
        NamePattern.Matches(Path.GetFileName(r.File.AsSpan()), wanted)
            || NamePattern.Matches(Path.GetFileNameWithoutExtension(r.File.AsSpan()), wanted);

    static bool Fits(ReadOnlySpan<string> path, ReadOnlySpan<string> pattern)
    {
        if (pattern.IsEmpty) return path.IsEmpty;
        if (pattern[0] == "**")
        {
            for (var skipped = 0; skipped <= path.Length; skipped++)
            {
                if (Fits(path[skipped..], pattern[1..])) return true;
            }
            return false;
        }
        return !path.IsEmpty && NamePattern.Matches(path[0], pattern[0]) && Fits(path[1..], pattern[1..]);
    }
}
