using System.Runtime.InteropServices;

namespace Quern.Files;

/// <summary>A path to be replaced: its real place, and whether replacing it can work at all.</summary>
static class OutputTarget
{
    /// <summary>The path itself, or what it finally links to (which need not exist).</summary>
    internal static string Real(string path)
    {
        if (!Path.IsPathFullyQualified(path)) throw new ArgumentException("an absolute path is needed", nameof(path));
        var full = Path.GetFullPath(path);
        if (full.Length > 1) full = full.TrimEnd('/');
        if (FileStat.TryRead(full, follow: false) is not { Kind: FileKind.Link }) return full;
        try
        {
            return new FileInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            throw OutputFaults.WrongKind(path, "the output is a link to itself", "remove the link");
        }
    }

    /// <summary>Throws unless <paramref name="real"/> is free or of the wanted kind, and can be renamed over. Leaves nothing behind.</summary>
    internal static void Check(string path, string real, FileKind wanted)
    {
        var folder = Path.GetDirectoryName(real) ?? throw OutputFaults.WrongKind(path, "the root folder cannot be an output");
        if (FileStat.TryRead(folder, out var errno) is not { } parent)
        {
            throw errno is Libc.Access ? OutputFaults.Denied(path, "its folder cannot be entered") : OutputFaults.NoFolder(path, folder);
        }
        if (parent.Kind != FileKind.Folder) throw OutputFaults.WrongKind(path, $"{folder} is a file, not a folder");
        if (FileStat.TryRead(real) is { } target) CheckTarget(path, real, target, parent, wanted);
        Probe(path, real);
    }

    static void CheckTarget(string path, string real, FileStat target, FileStat parent, FileKind wanted)
    {
        if (target.Kind == FileKind.Other)
            throw OutputFaults.WrongKind(path, "the output is a pipe, socket or device, which cannot be replaced", "name a file, and copy it from there");
        if (target.Kind == FileKind.Folder && wanted == FileKind.Regular)
            throw OutputFaults.WrongKind(path, "the output is a folder, and a file is to be written", $"name a file in it: {path}/NAME");
        if (target.Kind == FileKind.Regular && wanted == FileKind.Folder)
            throw OutputFaults.WrongKind(path, "the output is a file, and a folder is to be written", $"rm {path}", "choose another name");
        if (target.IsMountPoint)
        {
            var inside = wanted == FileKind.Folder ? $"name a folder in it: {path}/NAME" : "mount its folder instead of the file";
            throw OutputFaults.Unreplaceable(path, "something is mounted on the output, so it cannot be replaced as a whole", inside);
        }
        if (target.IsImmutable) throw OutputFaults.Unreplaceable(path, "the output is marked as immutable", $"chattr -i {path}");
        if (Libc.AccessAt(Libc.CurrentFolder, real, Libc.WriteAccess, Libc.EffectiveAccess) != 0)
            throw OutputFaults.Denied(path, wanted == FileKind.Folder ? "the folder is not writable" : "the file is not writable");
        var user = Libc.FileUser(uint.MaxValue);
        if (parent.Mode.HasFlag(UnixFileMode.StickyBit) && user != 0 && user != target.Owner && user != parent.Owner)
            throw OutputFaults.Denied(path, "it is another user's, in a folder where only owners may rename (sticky)");
    }

    /// <summary>Makes and removes an empty file beside the target: the only honest test of a folder.</summary>
    static void Probe(string path, string real)
    {
        var probe = TempName.Beside(real);
        try
        {
            using (new FileStream(probe, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 }))
            {
            }
            File.Delete(probe);
        }
        catch (UnauthorizedAccessException)
        {
            throw OutputFaults.Denied(path, "its folder is not writable");
        }
        catch (IOException e) when (e.HResult == Libc.ReadOnly)
        {
            throw OutputFaults.ReadOnlySystem(path);
        }
        catch (IOException e)
        {
            throw OutputFaults.DiskFull(e, path) ?? OutputFaults.Unreplaceable(path, $"nothing can be written beside it: {e.Message}");
        }
    }

    /// <summary>Makes the names in a folder durable: a rename counts only after this.</summary>
    internal static void SyncFolder(string folder, string path) => Sync(folder, path);

    /// <summary>Makes the content of a file, or the names in a folder, durable; returns false when there is nothing at <paramref name="what"/>.</summary>
    internal static bool Sync(string what, string path)
    {
        using var handle = Libc.Open(what, Libc.OpenReadOnlyCloseOnExec);
        if (handle.IsInvalid)
        {
            var errno = Marshal.GetLastPInvokeError();
            return errno == Libc.NoEntry ? false : throw OutputFaults.Failed(errno, path, "open what was written");
        }
        // Some network file systems cannot sync a folder and say so with EINVAL; there is nothing better to do then.
        if (Libc.Sync(handle) != 0 && Marshal.GetLastPInvokeError() is var failure && failure is not (Libc.Invalid or Libc.ReadOnly or Libc.NotSupported))
            throw OutputFaults.Failed(failure, path, "bring it safely to the disk");
        return true;
    }

    /// <summary>Gives <paramref name="made"/> the permissions of what it replaces, and the owner as far as this user may.</summary>
    internal static void Inherit(FileStat replaced, string made)
    {
        if (FileStat.TryRead(made) is not { } now) return;
        // Owner first: a change of owner clears set-user bits.
        if ((now.Owner, now.Group) != (replaced.Owner, replaced.Group)) _ = Libc.ChangeOwner(made, replaced.Owner, replaced.Group);
        if (now.Mode != replaced.Mode) _ = Libc.ChangeMode(made, (uint)replaced.Mode);
    }
}
