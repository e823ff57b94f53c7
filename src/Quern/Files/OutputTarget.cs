using System.Runtime.InteropServices;

namespace Quern.Files;

/// <summary>A path to be replaced: its real place, and whether replacing it can work at all.</summary>
/// <param name="Name">How messages name it.</param>
/// <param name="Real">Absolute path that is renamed over: links followed.</param>
readonly record struct OutputTarget(string Name, string Real)
{
    /// <summary>The folder that holds the target, and what is made beside it.</summary>
    internal string Folder => Path.GetDirectoryName(Real) ?? "/";

    /// <summary>The path itself, or what it finally links to (which need not exist).</summary>
    internal static OutputTarget Of(string path, string? name)
    {
        if (!Path.IsPathFullyQualified(path)) throw new ArgumentException("an absolute path is needed", nameof(path));
        var full = Path.GetFullPath(path);
        if (full.Length > 1) full = full.TrimEnd('/');
        var target = new OutputTarget(name ?? path, full);
        if (FileStat.TryRead(full, follow: false) is not { Kind: FileKind.Link }) return target;
        try
        {
            var final = new FileInfo(full).ResolveLinkTarget(returnFinalTarget: true);
            return target with { Real = final?.FullName ?? full };
        }
        catch (IOException)
        {
            throw OutputFaults.WrongKind(target, "the output is a link to itself", "remove the link");
        }
    }

    /// <summary>
    /// Throws unless the path is free or of the wanted kind, and can be renamed over. Leaves nothing behind.
    /// </summary>
    internal void Check(FileKind wanted)
    {
        if (Real == "/") throw OutputFaults.WrongKind(this, "the root folder cannot be an output");
        if (FileStat.TryRead(Folder, out var errno) is not { } parent)
        {
            throw errno is Libc.Access
                ? OutputFaults.Denied(this, "its folder cannot be entered")
                : OutputFaults.NoFolder(this);
        }
        if (parent.Kind != FileKind.Folder) throw OutputFaults.WrongKind(this, $"{Folder} is a file, not a folder");
        if (FileStat.TryRead(Real) is { } current) CheckCurrent(current, parent, wanted);
        Probe();
    }

    /// <summary>
    /// Makes the content of a file, or the names in a folder, durable (a rename counts only after that); returns false
    /// when there is nothing at <paramref name="path"/>.
    /// </summary>
    internal bool Sync(string path)
    {
        using var handle = Libc.Open(path, Libc.OpenReadOnlyCloseOnExec);
        if (handle.IsInvalid)
        {
            var errno = Marshal.GetLastPInvokeError();
            return errno == Libc.NoEntry ? false : throw OutputFaults.Failed(errno, this, "open what was written");
        }
        if (Libc.Sync(handle) == 0) return true;
        var failure = Marshal.GetLastPInvokeError();
        // Some network file systems cannot sync a folder and say so with EINVAL; there is nothing better to do then.
        return failure is Libc.Invalid or Libc.ReadOnly or Libc.NotSupported
            ? true
            : throw OutputFaults.Failed(failure, this, "bring it safely to the disk");
    }

    void CheckCurrent(FileStat current, FileStat parent, FileKind wanted)
    {
        var isFolder = wanted == FileKind.Folder;
        if (current.Kind == FileKind.Other)
        {
            throw OutputFaults.WrongKind(this, "the output is a pipe, socket or device, which cannot be replaced",
                "name a file, and copy it from there");
        }
        if (current.Kind == FileKind.Folder && !isFolder)
        {
            throw OutputFaults.WrongKind(this, "the output is a folder, and a file is to be written",
                $"name a file in it: {Name}/NAME");
        }
        if (current.Kind == FileKind.Regular && isFolder)
        {
            throw OutputFaults.WrongKind(this, "the output is a file, and a folder is to be written",
                $"rm {Real}", "choose another name");
        }
        if (current.IsMountPoint)
        {
            throw OutputFaults.Unreplaceable(this, "something is mounted on the output, which cannot be replaced then",
                isFolder ? $"name a folder in it: {Name}/NAME" : "mount its folder instead of the file");
        }
        if (current.IsImmutable)
            throw OutputFaults.Unreplaceable(this, "the output is marked as immutable", $"chattr -i {Real}");
        if (Libc.AccessAt(Libc.CurrentFolder, Real, Libc.WriteAccess, Libc.EffectiveAccess) != 0)
            throw OutputFaults.Denied(this, isFolder ? "the folder is not writable" : "the file is not writable");
        var user = Libc.FileUser(uint.MaxValue);
        if (parent.Mode.HasFlag(UnixFileMode.StickyBit) && user != 0 && user != current.Owner && user != parent.Owner)
            throw OutputFaults.Denied(this, "it is another user's, in a folder where only owners may rename (sticky)");
    }

    /// <summary>Makes and removes an empty file beside the target: the only honest test of a folder.</summary>
    void Probe()
    {
        var probe = TempName.Beside(Real);
        try
        {
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0).Dispose();
            File.Delete(probe);
        }
        catch (UnauthorizedAccessException)
        {
            throw OutputFaults.Denied(this, "its folder is not writable");
        }
        catch (PathTooLongException)
        {
            throw OutputFaults.WrongKind(this, "the name of the output is too long (in the making it has a longer one)",
                "choose a shorter name");
        }
        catch (IOException e)
        {
            throw e.HResult == Libc.ReadOnly
                ? OutputFaults.ReadOnlySystem(this)
                : OutputFaults.DiskFull(e, Real, Name)
                    ?? OutputFaults.Unreplaceable(this, $"nothing can be written beside it: {e.Message}");
        }
    }
}
