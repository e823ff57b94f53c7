using System.IO.Enumeration;
using Quern.Files;

namespace Quern.Projects.Settings;

/// <summary>Finds and reads the files of a package.</summary>
static class PackageFiles
{
    /// <summary>Folders within folders that are looked into.</summary>
    const int MaxDepth = 40;

    static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = MaxDepth,
        AttributesToSkip = 0,
        MatchType = MatchType.Simple,
        IgnoreInaccessible = false,
    };

    /// <summary>Paths of files below some folders, in ordinal order, each once, with the folder each was found in.</summary>
    /// <param name="package">Folder of the package.</param>
    /// <param name="roots">Folders below it; those that are not there are passed over.</param>
    /// <param name="endings">Endings of names: <c>.sql</c>.</param>
    public static List<FoundFile> Find(string package, IEnumerable<string> roots, params string[] endings)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var root in roots)
        {
            var folder = Path.GetFullPath(Path.Combine(package, root));
            if (!Directory.Exists(folder)) continue;
            foreach (var path in Below(folder, endings))
            {
                var inRoot = Path.GetRelativePath(folder, path);
                if (IsHidden(inRoot)) continue;
                found.TryAdd(Path.GetRelativePath(package, path), inRoot);
            }
        }
        string[] paths = [.. found.Keys];
        Array.Sort(paths, StringComparer.Ordinal);
        return [.. paths.Select(path => new FoundFile(path, found[path]))];
    }

    /// <summary>Reads a template without blanks at both ends, as dbt reads files.</summary>
    public static TemplateFile Read(string package, string file, string pathInRoot) => new(file, pathInRoot, Text(package, file).Trim());

    /// <summary>Reads a file of UTF-8.</summary>
    /// <exception cref="QuernException">Exit code 2: QN2001 to QN2009 it cannot be read; QN2013 it is not UTF-8.</exception>
    public static string Text(string package, string file) => TextFile.Read(Path.Combine(package, file), file);

    static List<string> Below(string folder, string[] endings)
    {
        var files = new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), Everything)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && EndsWithAny(entry.FileName, endings),
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                (entry.Attributes & FileAttributes.ReparsePoint) == 0 || !LeadsBack(entry.ToFullPath(), folder),
        };
        try
        {
            return [.. files];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new QuernException(
                new Fault("QN2009", $"cannot be read: {e.Message}") { Where = folder, Try = [$"ls -lR {folder}"], ExitCode = ExitCode.Usage },
                e);
        }
    }

    static bool EndsWithAny(ReadOnlySpan<char> name, string[] endings)
    {
        foreach (var ending in endings)
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    // A linked folder that is one of those it lies in would be found in itself again and again.
    static bool LeadsBack(string link, string root)
    {
        if (FileStat.TryRead(link) is not { } target) return true;
        for (var above = Path.GetDirectoryName(link); above is not null && above.Length >= root.Length; above = Path.GetDirectoryName(above))
            if (FileStat.TryRead(above)?.Identity == target.Identity) return true;
        return false;
    }

    // Editors and systems leave files such as .#orders.sql beside the real ones.
    static bool IsHidden(string path) => path.StartsWith('.') || path.Contains("/.", StringComparison.Ordinal);
}
