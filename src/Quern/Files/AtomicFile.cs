using System.Runtime.InteropServices;

namespace Quern.Files;

/// <summary>
/// Replaces a file as a whole: whoever opens it sees the old content or the new, also after kill -9 or a power cut. The
/// new content is written by anyone (a stream, a database engine) to <see cref="TempPath"/>; <see cref="Commit"/> makes
/// it durable and renames it over the target. Disposed without a commit it leaves the target as it was and nothing
/// beside it.
/// </summary>
sealed class AtomicFile : IDisposable
{
    /// <summary>What database engines put beside a file they have open.</summary>
    static readonly string[] Companions = [".wal", "-wal", "-shm", "-journal"];

    readonly OutputTarget _target;
    bool _done;

    AtomicFile(OutputTarget target)
    {
        _target = target;
        TempPath = TempName.Beside(target.Real);
    }

    /// <summary>Where the new content goes: a path in the target's own folder at which nothing exists yet.</summary>
    public string TempPath { get; }

    /// <summary>
    /// Finds out, before any work, whether <see cref="Create"/> and <see cref="Commit"/> can succeed at a path. Leaves
    /// nothing behind.
    /// </summary>
    /// <param name="path">Absolute path of the output.</param>
    /// <param name="name">How messages name it; default: <paramref name="path"/>.</param>
    /// <exception cref="QuernException">Exit code 2: QN8001 no such folder; QN8002 permission or read-only file system;
    /// QN8003 a folder or device is there; QN8004 mounted or immutable. Exit code 1: QN8006 disk full.</exception>
    public static void Check(string path, string? name = null) => OutputTarget.Of(path, name).Check(FileKind.Regular);

    /// <summary>
    /// Begins to replace a file, which need not exist; a link is followed to the file it names. Leftovers of killed
    /// runs for this file go.
    /// </summary>
    /// <param name="path">Absolute path of the output.</param>
    /// <param name="name">How messages name it; default: <paramref name="path"/>.</param>
    /// <exception cref="QuernException">As <see cref="Check"/>.</exception>
    public static AtomicFile Create(string path, string? name = null)
    {
        var target = OutputTarget.Of(path, name);
        target.Check(FileKind.Regular);
        foreach (var (stale, _) in Leftovers.Stale(target)) Leftovers.Remove(stale);
        return new(target);
    }

    /// <summary>Replaces a file with what <paramref name="write"/> puts into a stream.</summary>
    /// <param name="path">Absolute path of the output.</param>
    /// <param name="write">Writes the whole content; when it throws, the file stays as it was.</param>
    /// <param name="name">How messages name it; default: <paramref name="path"/>.</param>
    /// <returns>The size of the new file in bytes.</returns>
    /// <exception cref="QuernException">As <see cref="Check"/> and <see cref="Commit"/>.</exception>
    public static long Write(string path, Action<Stream> write, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(write);
        using var file = Create(path, name);
        try
        {
            using var stream = new FileStream(file.TempPath, FileMode.CreateNew, FileAccess.Write);
            write(stream);
        }
        catch (IOException e) when (OutputFaults.DiskFull(e, path, name) is { } full)
        {
            throw full;
        }
        return file.Commit();
    }

    /// <summary>Makes the target's present content the new one as well, so that a later <see cref="Commit"/> brings it back.</summary>
    /// <exception cref="QuernException">QN8006 disk full; QN8009 the system refused.</exception>
    internal void TakeOver()
    {
        if (FileStat.TryRead(_target.Real) is { } stat) Linking.Take(_target.Real, stat, TempPath, _target);
    }

    /// <summary>
    /// Puts the new content in place: brings it to the disk, gives it permissions (and, as far as allowed, owner) of
    /// the file it replaces, renames it over the target and brings the folder to the disk. Access control lists and
    /// extended attributes are not carried over.
    /// </summary>
    /// <returns>The size of the file in bytes.</returns>
    /// <exception cref="QuernException">QN8006 disk full; QN8007 nothing at <see cref="TempPath"/>; QN8009 the system
    /// refused. The target is as it was.</exception>
    /// <exception cref="InvalidOperationException">Called twice or after disposal, or a database engine still has the
    /// file open.</exception>
    public long Commit()
    {
        var size = Finish();
        if (Libc.Rename(TempPath, _target.Real) != 0) throw NotInPlace();
        return InPlace(size);
    }

    /// <summary>As <see cref="Commit"/>, but only where there is no file yet.</summary>
    /// <returns>The size of the file in bytes; null when another run has made one meanwhile, which stays as it is.</returns>
    /// <exception cref="QuernException">As <see cref="Commit"/>.</exception>
    /// <exception cref="InvalidOperationException">As <see cref="Commit"/>.</exception>
    public long? CommitNew()
    {
        var size = Finish();
        if (RenameNew() == 0) return InPlace(size);
        return Marshal.GetLastPInvokeError() == Libc.Exists ? null : throw NotInPlace();
    }

    /// <summary>Renames unless the name is taken, in one step; not every file system can, but then a link does it.</summary>
    int RenameNew()
    {
        const int Here = Libc.CurrentFolder;
        var result = Libc.RenameAt(Here, TempPath, Here, _target.Real, Libc.RenameNoReplace);
        if (result == 0 || Marshal.GetLastPInvokeError() is not (Libc.Invalid or Libc.NoSystemCall)) return result;
        result = Libc.Link(TempPath, _target.Real);
        if (result == 0) Leftovers.Remove(TempPath);
        return result;
    }

    long Finish()
    {
        if (_done) throw new InvalidOperationException("this output is committed or disposed already");
        if (Companions.FirstOrDefault(c => File.Exists(TempPath + c)) is { } open)
            throw new InvalidOperationException($"the writer of the file has not closed it: there is a {open}");
        if (FileStat.TryRead(_target.Real) is { } replaced) Linking.Inherit(replaced, TempPath);
        if (!_target.Sync(TempPath)) throw OutputFaults.NothingWritten(_target, TempPath);
        return FileStat.TryRead(TempPath)?.SizeBytes ?? throw OutputFaults.NothingWritten(_target, TempPath);
    }

    QuernException NotInPlace() =>
        OutputFaults.Failed(Marshal.GetLastPInvokeError(), _target, "put the new file in place");

    long InPlace(long size)
    {
        _done = true;
        _target.Sync(_target.Folder);
        return size;
    }

    /// <summary>Without a commit: removes what was written.</summary>
    public void Dispose()
    {
        if (_done) return;
        _done = true;
        Leftovers.Remove(TempPath);
        foreach (var companion in Companions) Leftovers.Remove(TempPath + companion);
    }
}
