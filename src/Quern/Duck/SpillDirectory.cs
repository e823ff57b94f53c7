using System.Globalization;

namespace Quern.Duck;

/// <summary>A private directory for DuckDB to spill into, gone when it is disposed.</summary>
/// <remarks>A lock file beside it, held open as long as the directory is in use, tells others that it is: directories
/// whose lock is free were left by a process that was killed, and are removed by the next one (also across containers
/// that share the disk, where process numbers say nothing).</remarks>
public sealed class SpillDirectory : IDisposable
{
    const string Prefix = "quern-spill-";
    const string LockSuffix = ".lock";

    readonly FileStream _lock;

    SpillDirectory(string path, FileStream heldLock)
    {
        Path = path;
        _lock = heldLock;
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Makes one, and removes those that killed processes have left in the same place.</summary>
    /// <param name="root">The directory to make it in, made when it is not there; null for the system's temporary
    /// directory.</param>
    /// <exception cref="QuernException">Exit code 2: QN9030 the place is on a network mount; QN9031 it cannot be written
    /// to.</exception>
    public static SpillDirectory Create(string? root = null) => Create(root, MountTable.Current());

    /// <summary>As <see cref="Create(string?)"/> with the mounts given.</summary>
    internal static SpillDirectory Create(string? root, MountTable mounts)
    {
        var parent = System.IO.Path.GetFullPath(root ?? System.IO.Path.GetTempPath());
        try
        {
            if (mounts.Find(MountTable.Resolve(parent)) is { IsNetwork: true } mount) throw OnNetwork(parent, mount);
            Directory.CreateDirectory(parent);
            RemoveStale(parent);
            var unique = System.IO.Path.GetRandomFileName();
            var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{unique}");
            var path = System.IO.Path.Combine(parent, name);
            var held = new FileStream(path + LockSuffix, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            try
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                return new SpillDirectory(path, held);
            }
            catch
            {
                Remove(path, held);
                throw;
            }
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            throw new QuernException(
                new Fault("QN9031", "no spill directory can be made")
                {
                    Where = parent,
                    Value = reason.Message,
                    Wanted = "a local directory that can be written to",
                    Try = ["name another directory", "set TMPDIR to one"],
                    ExitCode = ExitCode.Usage,
                },
                reason);
        }
    }

    /// <summary>Removes it with everything in it; what cannot be removed is left to the next one.</summary>
    public void Dispose()
    {
        if (!_lock.CanRead) return;
        try
        {
            Remove(Path, _lock);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            // What is left is free to be removed by the next run; the work itself, or its own error, stands.
        }
    }

    static void RemoveStale(string parent)
    {
        foreach (var file in Directory.EnumerateFiles(parent, Prefix + "*" + LockSuffix))
        {
            try
            {
                var held = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                Remove(file[..^LockSuffix.Length], held);
            }
            catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
            {
                // In use, somebody else's, or removed by another process at this moment.
            }
        }
    }

    // The lock goes last: who finds it free may remove the directory.
    static void Remove(string path, FileStream held)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            File.Delete(path + LockSuffix);
        }
        finally
        {
            held.Dispose();
        }
    }

    static QuernException OnNetwork(string parent, Mount mount) => new(
        new Fault("QN9030", "the spill directory is on a network mount")
        {
            Where = parent,
            Value = $"{mount.Point} is {mount.FileSystem}",
            Wanted = "a local disk: spilling over a network is slow and can lose data",
            Try = ["name a directory on a local disk", "set TMPDIR to one"],
            ExitCode = ExitCode.Usage,
        });
}
