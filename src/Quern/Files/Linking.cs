using System.Runtime.InteropServices;

namespace Quern.Files;

/// <summary>Takes files over from one folder to another without copying them where the file system allows.</summary>
static class Linking
{
    /// <summary>
    /// Gives the file, link or folder tree at <paramref name="from"/> the further name <paramref name="to"/>: files by hard link, or by a copy where a
    /// link is refused (other owner, too many links, a file system without); links are made again with the same text; folders anew with the same
    /// permissions. What exists at <paramref name="to"/> already is left alone.
    /// </summary>
    internal static void Take(string from, FileStat stat, string to, string output)
    {
        switch (stat.Kind)
        {
            case FileKind.Folder:
                Directory.CreateDirectory(to);
                foreach (var path in Directory.EnumerateFileSystemEntries(from))
                {
                    if (FileStat.TryRead(path, follow: false) is { } inner) Take(path, inner, $"{to}/{Path.GetFileName(path)}", output);
                }
                OutputTarget.Inherit(stat, to);
                break;
            case FileKind.Link when FileStat.TryRead(to, follow: false) is null:
                File.CreateSymbolicLink(to, new FileInfo(from).LinkTarget!);
                break;
            case FileKind.Regular when Libc.Link(from, to) != 0:
                var errno = Marshal.GetLastPInvokeError();
                if (errno is Libc.NoSpace or Libc.Quota or Libc.NoEntry) throw OutputFaults.Failed(errno, output, $"keep {from}");
                if (errno != Libc.Exists) Copy(from, stat, to, output);
                break;
            case FileKind.Other: throw InputFaults.NotAFile(from, p => p);
        }
    }

    static void Copy(string from, FileStat stat, string to, string output)
    {
        try
        {
            File.Copy(from, to);
            OutputTarget.Inherit(stat, to);
        }
        catch (IOException e)
        {
            throw OutputFaults.DiskFull(e, output) ?? OutputFaults.Failed(e.HResult, output, $"keep {from}");
        }
    }
}
