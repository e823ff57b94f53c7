using System.Diagnostics;

namespace Quern.Tests.House;

/// <summary>The files of the repository that these tests were built from.</summary>
static class Repository
{
    /// <summary>Folders that hold what is built or fetched, in a tree that git does not know.</summary>
    static readonly string[] NotOurs = [".git", "artifacts", "node_modules", ".vs", ".vscode"];

    /// <summary>Absolute path of the folder with Quern.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the root of all files, those that git knows where it is there; in ordinal order.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. (Tracked() ?? Walked()).Where(path => File.Exists(Absolute(path))).Order(StringComparer.Ordinal)];

    /// <summary>Files of C# below some folders.</summary>
    public static IEnumerable<string> CSharp(params string[] folders) =>
        Files.Where(path => path.EndsWith(".cs", StringComparison.Ordinal) && Below(path, folders));

    /// <summary>True when a path is in one of the folders, or is it.</summary>
    public static bool Below(string path, params string[] folders) =>
        folders.Any(folder => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>The text of a file.</summary>
    public static string Read(string path) => File.ReadAllText(Absolute(path));

    /// <summary>The lines of a file, counted from 1.</summary>
    public static IEnumerable<(int Number, string Text)> Lines(string path) =>
        File.ReadAllLines(Absolute(path)).Select((text, i) => (i + 1, text));

    /// <summary>Where a path from the root is.</summary>
    public static string Absolute(string path) => Path.Combine(Root, path);

    /// <summary>Fails with the offenders, a line each.</summary>
    public static void AssertNone(IEnumerable<string> offenders, string rule)
    {
        var list = offenders.ToList();
        Assert.True(list.Count == 0, $"{rule}\n  {string.Join("\n  ", list)}");
    }

    static string FindRoot()
    {
        var folder = Path.GetDirectoryName(typeof(Repository).Assembly.Location);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Quern.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("no folder above the tests holds Quern.slnx");
    }

    // Null where there is no git, or this is a copy without its history.
    static string[]? Tracked()
    {
        if (!Path.Exists(Path.Combine(Root, ".git"))) return null;
        var start = new ProcessStartInfo(
            "git", ["-c", "safe.directory=*", "-C", Root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            RedirectStandardOutput = true,
        };
        try
        {
            using var git = Process.Start(start)!;
            var paths = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
            git.WaitForExit();
            return git.ExitCode == 0 ? paths : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    static IEnumerable<string> Walked() => Walk(Root).Select(path => Path.GetRelativePath(Root, path));

    static IEnumerable<string> Walk(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder).Where(f => !NotOurs.Contains(Path.GetFileName(f))).SelectMany(Walk));
}
