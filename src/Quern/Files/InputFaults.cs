using System.Globalization;
using System.Runtime.InteropServices;

namespace Quern.Files;

/// <summary>The faults of finding and opening inputs, QN2001 to QN2009.</summary>
static class InputFaults
{
    /// <summary>How many names a message shows of a folder.</summary>
    const int NamesShown = 3;

    internal static QuernException Empty() =>
        Make("QN2001", "an input is empty text", null, null,
            ["name a file, a folder or a glob; . is the folder itself"]);

    internal static QuernException NotFound(string path, Func<string, string> display)
    {
        if (FileStat.TryRead(path, follow: false) is { Kind: FileKind.Link }) return Dangling(path, display);
        var (folder, missing) = DeepestFolder(path);
        var where = $"{display(path)} ({display(folder)} {Holds(folder)})";
        return Make("QN2001", "no such file or folder", where, null, [.. Nearest(folder, missing, display)]);
    }

    internal static QuernException NothingMatches(
        string glob,
        string root,
        int foldersMatched,
        Func<string, string> display)
    {
        var tries = new List<string>();
        var where = $"{display(root)}, which {Holds(root)}";
        if (FileStat.TryRead(root) is not { Kind: FileKind.Folder })
        {
            var (folder, missing) = DeepestFolder(root);
            where = $"{display(root)} does not exist ({display(folder)} {Holds(folder)})";
            tries.AddRange(Nearest(folder, missing, display));
        }
        if (foldersMatched > 0)
        {
            var folders = foldersMatched == 1 ? "the folder" : Text($"the {foldersMatched:N0} folders");
            tries.Add($"{glob.TrimEnd('/')}/ takes the files in {folders} of that name");
        }
        if (tries.Count == 0) tries.Add($"ls {root}");
        return Make("QN2002", "no file matches", where, $"\"{glob}\"", tries);
    }

    internal static QuernException NoFileInFolder(
        string folder,
        IReadOnlyList<string>? endings,
        Func<string, string> display) =>
        Make("QN2003", "no file to read in the folder", $"{display(folder)} {Holds(folder)}", null,
            endings is null ? [] : [$"{display(folder)}/**/* takes every file, whatever its name"],
            endings is null ? null : $"a name that ends in {string.Join(" or ", endings)}");

    internal static QuernException NotReadable(string path, Func<string, string> display) =>
        Make("QN2004", "permission denied", display(path), null, [$"ls -ld {path}", $"chmod +r {path}"]);

    internal static QuernException NotAFile(string path, Func<string, string> display) =>
        Make("QN2005", "not a file but a pipe, socket or device", display(path), null,
            ["write it to a file first: inputs are read more than once"]);

    internal static QuernException BadGlob(string glob, string reason) =>
        Make("QN2007", "this glob cannot be read", null, $"\"{glob}\"", [], reason);

    /// <summary>What the C library said about <paramref name="path"/>.</summary>
    internal static QuernException FromErrno(int errno, string path, Func<string, string> display) => errno switch
    {
        // .NET reads names as UTF-8 and puts U+FFFD for what is not; such a name cannot be opened.
        Libc.NoEntry when path.Contains('\uFFFD') =>
            Make("QN2008", "a file name that is not UTF-8", display(path), null, ["rename the file"]),
        Libc.NoEntry or Libc.NotFolder => NotFound(path, display),
        Libc.Access or Libc.NotPermitted => NotReadable(path, display),
        _ => Unreadable(path, Marshal.GetPInvokeErrorMessage(errno), display),
    };

    /// <summary>What .NET said about opening <paramref name="path"/>.</summary>
    internal static QuernException FromException(Exception cause, string path, Func<string, string>? display = null)
    {
        display ??= static p => p;
        return cause switch
        {
            FileNotFoundException or DirectoryNotFoundException => NotFound(path, display),
            UnauthorizedAccessException when Directory.Exists(path) =>
                Make("QN2005", "a folder, where a file is needed", display(path), null, []),
            UnauthorizedAccessException => NotReadable(path, display),
            _ => Unreadable(path, cause.Message, display),
        };
    }

    static QuernException Dangling(string path, Func<string, string> display) =>
        Make("QN2006", "a link to something that does not exist",
            $"{display(path)} -> {new FileInfo(path).LinkTarget}", null, ["remove the link, or restore what it names"]);

    static QuernException Unreadable(string path, string reason, Func<string, string> display) =>
        Make("QN2009", $"cannot be read: {reason}", display(path), null, [$"ls -ld {path}"]);

    static QuernException Make(
        string code,
        string what,
        string? where,
        string? value,
        IReadOnlyList<string> tries,
        string? wanted = null) =>
        new(new Fault(code, what)
        {
            Where = where,
            Value = value,
            Wanted = wanted,
            Try = tries,
            ExitCode = ExitCode.Usage,
        });

    /// <summary>The name in a folder that was probably meant; null when none is near or the folder cannot be read.</summary>
    internal static string? NearestIn(string folder, string missing) => NearestName.Of(missing, Names(folder));

    static IEnumerable<string> Nearest(string folder, string missing, Func<string, string> display) =>
        NearestIn(folder, missing) is { } nearest
            ? [$"{display(Path.Combine(folder, nearest))}, the nearest name there"]
            : [$"ls {folder}"];

    /// <summary>The longest part of the path that is a folder, and the name that is missing in it.</summary>
    static (string Folder, string Missing) DeepestFolder(string path)
    {
        var missing = Path.GetFileName(path);
        var folder = Path.GetDirectoryName(path) ?? "/";
        while (FileStat.TryRead(folder) is not { Kind: FileKind.Folder })
        {
            missing = Path.GetFileName(folder);
            folder = Path.GetDirectoryName(folder) ?? "/";
        }
        return (folder, missing);
    }

    static string Holds(string folder)
    {
        var names = Names(folder);
        return names.Count switch
        {
            0 => "is empty",
            <= NamesShown => $"holds {string.Join(", ", names)}",
            _ => Text($"holds {string.Join(", ", names.Take(NamesShown))} and {names.Count - NamesShown:N0} more"),
        };
    }

    static List<string> Names(string folder)
    {
        try
        {
            var names = Directory.EnumerateFileSystemEntries(folder).Select(p => Path.GetFileName(p));
            return [.. names.Where(n => !n.StartsWith('.') && !TempName.IsOurs(n)).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
