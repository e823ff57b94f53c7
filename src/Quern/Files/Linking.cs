using System.Runtime.InteropServices;

namespace Quern.Files;

/// <summary>Takes files over from one folder to another without copying them where the file system allows.</summary>
static class Linking
{
    /// <summary>
    /// Gives the file, link or folder tree at <paramref name="from"/> the further name <paramref name="to"/>: files by
    /// hard link, or by a copy where a link is refused (other owner, too many links, a file system without); links are
    /// made again with the same text; folders anew with the same permissions. What exists at <paramref name="to"/>
    /// already is left alone.
    /// </summary>
    internal static void Take(string from, FileStat stat, string to, OutputTarget target)
    {
        switch (stat.Kind)
        {
            case FileKind.Folder:
                Directory.CreateDirectory(to);
                foreach (var path in Directory.EnumerateFileSystemEntries(from))
                {
                    if (FileStat.TryRead(path, follow: false) is { } inner)
                        Take(path, inner, $"{to}/{Path.GetFileName(path)}", target);
                }
                Inherit(stat, to);
                break;
            case FileKind.Link when FileStat.TryRead(to, follow: false) is null:
                File.CreateSymbolicLink(to, new FileInfo(from).LinkTarget!);
                break;
            case FileKind.Regular when Libc.Link(from, to) != 0:
                var errno = Marshal.GetLastPInvokeError();
                if (errno is Libc.NoSpace or Libc.Quota or Libc.NoEntry)
                    throw OutputFaults.Failed(errno, target, $"keep {from}");
                if (errno != Libc.Exists) Copy(from, stat, to, target);
                break;
            case FileKind.Other: throw InputFaults.NotAFile(from, p => p);
        }
    }

    /// <summary>
    /// Gives <paramref name="made"/> the permissions of what it replaces, and the owner as far as this user may.
    /// </summary>
    internal static void Inherit(FileStat replaced, string made)
    {
        if (FileStat.TryRead(made) is not { } now) return;
        var owner = (replaced.Owner, replaced.Group);
        // Owner first: a change of owner clears set-user bits.
        if ((now.Owner, now.Group) != owner) _ = Libc.ChangeOwner(made, replaced.Owner, replaced.Group);
        if (now.Mode != replaced.Mode) _ = Libc.ChangeMode(made, (uint)replaced.Mode);
    }

    static void Copy(string from, FileStat stat, string to, OutputTarget target)
    {
        try
        {
            File.Copy(from, to);
            Inherit(stat, to);
        }
        catch (IOException e)
        {
            throw OutputFaults.DiskFull(e, target.Real, target.Name)
                ?? OutputFaults.Failed(e.HResult, target, $"keep {from}");
        }
        catch (UnauthorizedAccessException)
        {
            throw OutputFaults.Failed(Libc.Access, target, $"keep {from}");
        }
    }
}
