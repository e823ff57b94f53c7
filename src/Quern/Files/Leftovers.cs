using System.ComponentModel;
using System.Diagnostics;
using System.IO.Enumeration;
using System.Runtime.InteropServices;

namespace Quern.Files;

/// <summary>
/// Finds what killed runs left beside a target. A leftover is stale when its process is gone, or when the process of
/// that number began after the leftover last changed (numbers are given again; in a container every run may be process
/// 1). A process that cannot be judged counts as alive.
/// </summary>
static class Leftovers
{
    /// <summary>Room for the coarse clocks of file systems and process tables.</summary>
    static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Paths of stale names made for <paramref name="target"/>, and whether each is a former folder set aside.
    /// </summary>
    internal static IReadOnlyList<(string Path, bool Aside)> Stale(OutputTarget target)
    {
        var name = Path.GetFileName(target.Real);
        var all = new EnumerationOptions { AttributesToSkip = 0 };
        var names = new FileSystemEnumerable<string>(target.Folder, (ref e) => e.FileName.ToString(), all)
        {
            ShouldIncludePredicate = (ref FileSystemEntry e) => TempName.TryParse(e.FileName, name, out _, out _),
        };
        var stale = new List<(string, bool)>();
        foreach (var found in names.Order(StringComparer.Ordinal))
        {
            TempName.TryParse(found, name, out var process, out var aside);
            var path = Path.Combine(target.Folder, found);
            if (FileStat.TryRead(path, follow: false) is not { } stat) continue;
            if (IsStale(IsAlive(process), StartOf(process), stat.Changed)) stale.Add((path, aside));
        }
        return stale;
    }

    /// <summary>Removes a file or a folder tree; what cannot be removed now stays for the next run.</summary>
    internal static void Remove(string path)
    {
        try
        {
            var isFolder = FileStat.TryRead(path, follow: false) is { Kind: FileKind.Folder };
            if (isFolder) Directory.Delete(path, recursive: true);
            else File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left behind on purpose: the output itself is whole, and the next run for it tries again.
        }
    }

    internal static bool IsStale(bool alive, DateTimeOffset? started, DateTimeOffset changed) =>
        !alive || started - ClockSlack > changed;

    static bool IsAlive(int process) =>
        Libc.Kill(process, 0) == 0 || Marshal.GetLastPInvokeError() == Libc.NotPermitted;

    static DateTimeOffset? StartOf(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            return new DateTimeOffset(running.StartTime);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or IOException)
        {
            return null;
        }
    }
}
