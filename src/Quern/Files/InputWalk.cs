using System.IO.Enumeration;
using System.Runtime.InteropServices;

namespace Quern.Files;

/// <summary>
/// Finds the files of one pattern. All segments that can match at a folder are followed together (a bit each), so every
/// folder is listed once, however many <c>**</c> a pattern has. Links to folders are followed; a folder that was seen
/// with the same active segments is not entered again, which also ends cycles.
/// </summary>
sealed class InputWalk
{
    static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    readonly IReadOnlyList<GlobSegment> _segments;
    readonly Action<string, string> _found;
    readonly Func<string, string> _display;
    readonly CancellationToken _cancel;
    readonly HashSet<(string RealFolder, ulong Active)> _seen = [];

    InputWalk(
        IReadOnlyList<GlobSegment> segments,
        Action<string, string> found,
        Func<string, string> display,
        CancellationToken cancel)
    {
        _segments = segments;
        _found = found;
        _display = display;
        _cancel = cancel;
    }

    /// <summary>How many folders have a name that the last segment wants of a file: for a better message.</summary>
    internal int FoldersMatched { get; private set; }

    /// <summary>
    /// Walks <paramref name="root"/> (absolute, an existing folder) and reports path and real path of each file that
    /// matches.
    /// </summary>
    internal static InputWalk Run(
        string root,
        IReadOnlyList<GlobSegment> segments,
        Action<string, string> found,
        Func<string, string> display,
        CancellationToken cancel)
    {
        var walk = new InputWalk(segments, found, display, cancel);
        var real = RealPath(root, display);
        // One string for both spares a string for every path below.
        walk.Enter(root, real == root ? root : real, walk.WithSkips(1));
        return walk;
    }

    /// <summary>The path without links. A name that ends nowhere is a fault.</summary>
    internal static string RealPath(string path, Func<string, string> display) =>
        Libc.RealPath(path, 0) ?? throw InputFaults.FromErrno(Marshal.GetLastPInvokeError(), path, display);

    /// <summary>
    /// Adds the segment after each active <c>**</c>, because <c>**</c> may stand for no folder at all.
    /// </summary>
    ulong WithSkips(ulong active)
    {
        for (var i = 0; i < _segments.Count - 1; i++)
        {
            if ((active >> i & 1) != 0 && _segments[i].IsAnyDepth) active |= 1ul << (i + 1);
        }
        return active;
    }

    void Enter(string folder, string realFolder, ulong active)
    {
        _cancel.ThrowIfCancellationRequested();
        if (!_seen.Add((realFolder, active))) return;
        foreach (var entry in List(folder, active))
        {
            var path = Join(folder, entry.Name);
            // Resolved only where there is a link: the real path of anything else follows from its folder's.
            var real = entry.IsLink ? RealPath(path, _display)
                : ReferenceEquals(folder, realFolder) ? path
                : Join(realFolder, entry.Name);
            if (!entry.IsFolder) _found(path, real);
            else if (Descend(entry.Name, active) is var next and not 0) Enter(path, real, next);
        }
    }

    List<Entry> List(string folder, ulong active)
    {
        try
        {
            var entries = new FileSystemEnumerable<Entry>(folder, Entry.Of, Everything)
            {
                ShouldIncludePredicate = IsWanted,
            };
            var list = entries.ToList();
            list.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
            return list;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw e is UnauthorizedAccessException
                ? InputFaults.NotReadable(folder, _display)
                : InputFaults.FromException(e, folder, _display);
        }

        bool IsWanted(ref FileSystemEntry entry)
        {
            if (TempName.IsOurs(entry.FileName)) return false;
            if (!entry.IsDirectory) return Matches(entry.FileName, active, out _);
            if (Matches(entry.FileName, active, out var byAnyDepth) && !byAnyDepth) FoldersMatched++;
            return Descend(entry.FileName, active) != 0;
        }
    }

    /// <summary>True when a name satisfies the last segment.</summary>
    bool Matches(ReadOnlySpan<char> name, ulong active, out bool byAnyDepth)
    {
        var last = _segments.Count - 1;
        byAnyDepth = _segments[last].IsAnyDepth;
        return (active >> last & 1) != 0 && _segments[last].Matches(name);
    }

    /// <summary>The segments that are active inside the subfolder <paramref name="name"/>.</summary>
    ulong Descend(ReadOnlySpan<char> name, ulong active)
    {
        var next = 0ul;
        for (var i = 0; i < _segments.Count; i++)
        {
            if ((active >> i & 1) == 0 || !_segments[i].Matches(name)) continue;
            if (_segments[i].IsAnyDepth) next |= 1ul << i;
            else if (i < _segments.Count - 1) next |= 1ul << (i + 1);
        }
        return WithSkips(next);
    }

    static string Join(string folder, string name) => folder.EndsWith('/') ? folder + name : $"{folder}/{name}";

    readonly record struct Entry(string Name, bool IsFolder, bool IsLink)
    {
        internal static Entry Of(ref FileSystemEntry entry) =>
            new(entry.FileName.ToString(), entry.IsDirectory, (entry.Attributes & FileAttributes.ReparsePoint) != 0);
    }
}
