using System.Text;

namespace Quern.Delivery.Postgres.Address;

/// <summary>A file of passwords as libpq reads it: lines of <c>host:port:database:user:password</c>, where <c>*</c> is anything and a
/// backslash keeps what follows it from being a colon (PostgreSQL 15 manual, section 34.16).</summary>
static class PassFile
{
    /// <summary>The first password that fits.</summary>
    /// <param name="path">The file; one that is not there, or that others may read, holds none.</param>
    /// <param name="host">Host, or <c>localhost</c> for a socket.</param>
    /// <param name="port">Port.</param>
    /// <param name="database">Database.</param>
    /// <param name="user">User.</param>
    public static string? Find(string path, string host, int port, string database, string user)
    {
        if (!File.Exists(path)) return null;
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if ((File.GetUnixFileMode(path) & others) != 0) return null;
        string[] wanted = [host, FormattableString.Invariant($"{port}"), database, user];
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith('#')) continue;
            if (Fields(line) is { Count: 5 } fields && wanted.Index().All(w => Fits(fields[w.Index], w.Item))) return fields[4].Text;
        }
        return null;
    }

    static bool Fits((string Text, bool IsKept) field, string wanted) => field is ("*", false) || field.Text == wanted;

    /// <summary>The fields, and whether something in one was kept by a backslash; the last one goes to the end of the line.</summary>
    static List<(string Text, bool IsKept)> Fields(string line)
    {
        var fields = new List<(string, bool)>();
        var field = new StringBuilder();
        var kept = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 1 < line.Length)
            {
                field.Append(line[++i]);
                kept = true;
            }
            else if (line[i] == ':' && fields.Count < 4)
            {
                fields.Add((field.ToString(), kept));
                field.Clear();
                kept = false;
            }
            else
            {
                field.Append(line[i]);
            }
        }
        fields.Add((field.ToString(), kept));
        return fields;
    }
}
