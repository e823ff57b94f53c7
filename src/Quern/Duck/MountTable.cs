using System.Text;

namespace Quern.Duck;

/// <summary>The mounted file systems of a process.</summary>
/// <remarks>Source: proc(5), <c>/proc/pid/mountinfo</c>. A line is <c>36 35 98:0 /root /mount/point options optional...
/// - type source options</c>; blanks in paths are octal escapes.</remarks>
public sealed class MountTable
{
    const string File = "/proc/self/mountinfo";
    const int PointField = 4;

    readonly List<Mount> _mounts = [];

    /// <summary>Reads the lines of a mountinfo file; lines that do not look like one are passed over.</summary>
    public MountTable(string mountinfo)
    {
        foreach (var line in mountinfo.Split('\n'))
        {
            var fields = line.Split(' ');
            var dash = Array.IndexOf(fields, "-");
            if (dash > PointField && dash + 1 < fields.Length)
                _mounts.Add(new Mount(Unescape(fields[PointField]), fields[dash + 1]));
        }
    }

    /// <summary>The mounts of this process; none where the system has no such file.</summary>
    public static MountTable Current() => new(System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File) : "");

    /// <summary>The mount that a path without links lies on; null when the table does not say.</summary>
    public Mount? Find(string path)
    {
        Mount? best = null;
        foreach (var mount in _mounts)
        {
            // Of mounts at the same point the last one is on top.
            if (Contains(mount.Point, path) && (best is null || mount.Point.Length >= best.Point.Length)) best = mount;
        }
        return best;
    }

    /// <summary>A full path with every symbolic link in it followed; what does not exist stays as it is.</summary>
    public static string Resolve(string path)
    {
        var resolved = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(resolved, part);
            var target = Directory.Exists(next) ? Directory.ResolveLinkTarget(next, returnFinalTarget: true) : null;
            resolved = target is null ? next : Resolve(target.FullName);
        }
        return resolved;
    }

    static bool Contains(string point, string path) =>
        point == "/" || path == point || (path.StartsWith(point, StringComparison.Ordinal) && path[point.Length] == '/');

    static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && text.AsSpan(i + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                plain.Append((char)(((text[i + 1] - '0') * 64) + ((text[i + 2] - '0') * 8) + (text[i + 3] - '0')));
                i += 3;
            }
            else
            {
                plain.Append(text[i]);
            }
        }
        return plain.ToString();
    }
}
