using System.Runtime.InteropServices;

namespace Quern.Files;

/// <summary>
/// Replaces a file as a whole: whoever opens it sees the old content or the new, also after kill -9 or a power cut. The new content is written by
/// anyone (a stream, a database engine) to <see cref="TempPath"/>; <see cref="Commit"/> makes it durable and renames it over the target. Disposed
/// without a commit it leaves the target as it was and nothing beside it.
/// </summary>
public sealed class AtomicFile : IDisposable
{
    /// <summary>What database engines put beside a file they have open.</summary>
    static readonly string[] Companions = [".wal", "-wal", "-shm", "-journal"];

    readonly string _path;
    readonly string _real;
    bool _done;

    AtomicFile(string path, string real)
    {
        _path = path;
        _real = real;
        TempPath = TempName.Beside(real);
    }

    /// <summary>Where the new content goes: a path in the target's own folder at which nothing exists yet.</summary>
    public string TempPath { get; }

    /// <summary>Finds out, before any work, whether <see cref="Create"/> and <see cref="Commit"/> can succeed at a path. Leaves nothing behind.</summary>
    /// <param name="path">Absolute path of the output.</param>
    /// <exception cref="QuernException">Exit code 2: QN8001 no such folder; QN8002 permission or read-only file system; QN8003 a folder or device is
    /// there; QN8004 mounted or immutable. QN8006 disk full.</exception>
    public static void Check(string path) => OutputTarget.Check(path, OutputTarget.Real(path), FileKind.Regular);

    /// <summary>Begins to replace a file, which need not exist; a link is followed to the file it names. Leftovers of killed runs for this file go.</summary>
    /// <param name="path">Absolute path of the output.</param>
    /// <exception cref="QuernException">As <see cref="Check"/>.</exception>
    public static AtomicFile Create(string path)
    {
        var real = OutputTarget.Real(path);
        OutputTarget.Check(path, real, FileKind.Regular);
        foreach (var (stale, _) in Leftovers.Stale(real)) Leftovers.Remove(stale);
        return new(path, real);
    }

    /// <summary>Replaces a file with what <paramref name="write"/> puts into a stream.</summary>
    /// <param name="path">Absolute path of the output.</param>
    /// <param name="write">Writes the whole content; when it throws, the file stays as it was.</param>
    /// <returns>The size of the new file in bytes.</returns>
    /// <exception cref="QuernException">As <see cref="Check"/> and <see cref="Commit"/>.</exception>
    public static long Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using var file = Create(path);
        try
        {
            using var stream = new FileStream(file.TempPath, FileMode.CreateNew, FileAccess.Write);
            write(stream);
        }
        catch (IOException e) when (OutputFaults.DiskFull(e, path) is { } full)
        {
            throw full;
        }
        return file.Commit();
    }

    /// <summary>
    /// Puts the new content in place: brings it to the disk, gives it permissions (and, as far as allowed, owner) of the file it replaces, renames it
    /// over the target and brings the folder to the disk. Access control lists and extended attributes are not carried over.
    /// </summary>
    /// <returns>The size of the file in bytes.</returns>
    /// <exception cref="QuernException">QN8006 disk full; QN8007 nothing at <see cref="TempPath"/>; QN8009 the system refused. The target is as it was.</exception>
    /// <exception cref="InvalidOperationException">Called twice or after disposal, or a database engine still has the file open.</exception>
    public long Commit()
    {
        if (_done) throw new InvalidOperationException("this output is committed or disposed already");
        if (Companions.FirstOrDefault(c => File.Exists(TempPath + c)) is { } open)
            throw new InvalidOperationException($"the file has a companion ({open}): its writer must close it before it is committed");
        if (FileStat.TryRead(_real) is { } replaced) OutputTarget.Inherit(replaced, TempPath);
        if (!OutputTarget.Sync(TempPath, _path)) throw OutputFaults.NothingWritten(_path, TempPath);
        var size = FileStat.TryRead(TempPath)?.SizeBytes ?? throw OutputFaults.NothingWritten(_path, TempPath);
        if (Libc.Rename(TempPath, _real) != 0) throw OutputFaults.Failed(Marshal.GetLastPInvokeError(), _path, "put the new file in place");
        _done = true;
        OutputTarget.Sync(Path.GetDirectoryName(_real)!, _path);
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
