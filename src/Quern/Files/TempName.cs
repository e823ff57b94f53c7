using System.Globalization;

namespace Quern.Files;

/// <summary>
/// Names of outputs that are being made: <c>TARGET.PID-SEQ.quern-tmp</c> beside the target, so that the last rename
/// stays inside one file system and a later run can tell whose leftover it is. <c>TARGET.PID-SEQ.old.quern-tmp</c> is a
/// former folder set aside for a moment.
/// </summary>
static class TempName
{
    const string Mark = ".quern-tmp";
    const string AsideMark = ".old.quern-tmp";

    static int _last;

    /// <summary>
    /// True for every name made here, and for what a database engine puts beside it (<c>.wal</c>, <c>-journal</c>).
    /// </summary>
    internal static bool IsOurs(ReadOnlySpan<char> name) => name.Contains(Mark, StringComparison.Ordinal);

    /// <summary>A path beside <paramref name="target"/> at which nothing exists yet.</summary>
    internal static string Beside(string target)
    {
        while (true)
        {
            var seq = Interlocked.Increment(ref _last);
            var path = string.Create(CultureInfo.InvariantCulture, $"{target}.{Environment.ProcessId}-{seq}{Mark}");
            if (FileStat.TryRead(path, follow: false) is null) return path;
        }
    }

    /// <summary>The path at which the folder that <paramref name="stage"/> replaces is set aside.</summary>
    internal static string Aside(string stage) => string.Concat(stage.AsSpan(0, stage.Length - Mark.Length), AsideMark);

    /// <summary>Reads a name made here for <paramref name="target"/> (a file name without folder).</summary>
    /// <param name="name">Any name in the target's folder.</param>
    /// <param name="target">The name of the output.</param>
    /// <param name="process">The process that made it.</param>
    /// <param name="aside">True for a former folder that was set aside.</param>
    internal static bool TryParse(ReadOnlySpan<char> name, ReadOnlySpan<char> target, out int process, out bool aside)
    {
        process = 0;
        aside = false;
        if (!name.StartsWith(target, StringComparison.Ordinal) || !name[target.Length..].StartsWith('.')) return false;
        var rest = name[(target.Length + 1)..];
        var dash = rest.IndexOf('-');
        var dot = rest.IndexOf('.');
        if (dash < 1 || dot <= dash + 1) return false;
        var tail = rest[dot..];
        aside = tail.SequenceEqual(AsideMark);
        return (aside || tail.StartsWith(Mark, StringComparison.Ordinal))
            && int.TryParse(rest[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out process)
            && !rest[(dash + 1)..dot].ContainsAnyExceptInRange('0', '9');
    }
}
