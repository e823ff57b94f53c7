using System.Text;

namespace Quern.Projects.Settings;

/// <summary>Finds and reads the files of a package.</summary>
static class PackageFiles
{
    /// <summary>Folders within folders that are looked into; links may go round in a circle.</summary>
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
            foreach (var path in Directory.EnumerateFiles(folder, "*", Everything))
            {
                if (!endings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase))) continue;
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
    public static TextFile Read(string package, string file, string pathInRoot) => new(file, pathInRoot, Text(package, file).Trim());

    /// <summary>Reads a file.</summary>
    /// <exception cref="QuernException">QN2009: it cannot be read.</exception>
    public static string Text(string package, string file)
    {
        var path = Path.Combine(package, file);
        try
        {
            var bytes = File.ReadAllBytes(path);
            // What does not begin with a mark is UTF-8; the reader that looks for all marks takes twice as long.
            return bytes is [0xEF or 0xFE or 0xFF or 0, ..] ? File.ReadAllText(path) : Encoding.UTF8.GetString(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new QuernException(new Fault("QN2009", e.Message) { Where = path, Try = [$"ls -ld {path}"], ExitCode = ExitCode.Usage }, e);
        }
    }

    // Editors and systems leave files such as .#orders.sql beside the real ones.
    static bool IsHidden(string path) => path.StartsWith('.') || path.Contains("/.", StringComparison.Ordinal);
}
