using System.Globalization;
using System.Runtime.InteropServices;

namespace Quern.Files;

/// <summary>The faults of writing outputs, QN8001 to QN8009.</summary>
static class OutputFaults
{
    /// <summary>
    /// Says that a disk is full, when that is what <paramref name="cause"/> means: writers that get only a path call
    /// this with what they caught.
    /// </summary>
    /// <param name="cause">An <see cref="IOException"/> of .NET, or an error of a database engine that quotes the
    /// system's words.</param>
    /// <param name="path">Absolute path of the output.</param>
    /// <param name="name">How messages name it; default: <paramref name="path"/>.</param>
    /// <returns>QN8006 with the free bytes at the path; null when the cause is something else.</returns>
    public static QuernException? DiskFull(Exception cause, string path, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(cause);
        for (var e = cause; e is not null; e = e.InnerException)
        {
            // .NET puts the plain errno into HResult of an IOException it has no type for.
            if (e is IOException && e.HResult is Libc.NoSpace or Libc.Quota) return Full(e.HResult, path, name, cause);
            if (Says("No space left on device")) return Full(Libc.NoSpace, path, name, cause);
            if (Says("Disk quota exceeded")) return Full(Libc.Quota, path, name, cause);

            bool Says(string words) => e.Message.Contains(words, StringComparison.Ordinal);
        }
        return null;
    }

    /// <summary>Says why an output that could be written when the run began cannot be now.</summary>
    /// <param name="cause">What .NET says.</param>
    /// <param name="path">Absolute path of the output.</param>
    /// <param name="name">How messages name it; default: <paramref name="path"/>.</param>
    /// <returns>QN8001 the folder is gone; QN8002 permission; QN8006 the disk is full; QN8009 anything else.</returns>
    public static QuernException Unwritable(Exception cause, string path, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(cause);
        if (DiskFull(cause, path, name) is { } full) return full;
        var folder = Path.GetDirectoryName(path);
        var (code, what, hint) = cause switch
        {
            DirectoryNotFoundException => ("QN8001", "the folder of the output does not exist any more", $"mkdir -p {folder}"),
            UnauthorizedAccessException => ("QN8002", "permission denied: the output cannot be written", $"ls -ld {folder}"),
            _ => ("QN8009", $"the output cannot be written: {cause.Message}", $"ls -ld {folder}"),
        };
        var exit = code is "QN8009" ? ExitCode.Failed : ExitCode.Usage;
        return new(new Fault(code, what) { Where = name ?? path, Try = [hint, "choose another place"], ExitCode = exit }, cause);
    }

    internal static QuernException Failed(int errno, OutputTarget target, string doing)
    {
        if (errno is Libc.NoSpace or Libc.Quota) return Full(errno, target.Real, target.Name, null);
        // Only an overlay refuses to rename inside one file system: a folder that an image layer holds.
        if (errno == Libc.CrossDevice)
        {
            return Unreplaceable(target, "the folder belongs to a layer of a container image and cannot be renamed",
                "name a new folder", "mount a volume, and name a folder in it");
        }
        return new(new Fault("QN8009", $"cannot {doing}: {Marshal.GetPInvokeErrorMessage(errno)}")
        {
            Where = target.Name,
            Try = [$"ls -ld {target.Folder}"],
        });
    }

    internal static QuernException NoFolder(OutputTarget target) =>
        Unusable("QN8001", "the folder of the output does not exist", target, $"mkdir -p {target.Folder}");

    internal static QuernException Denied(OutputTarget target, string what) =>
        Unusable("QN8002", $"permission denied: {what}", target,
            $"ls -ld {target.Folder} {target.Real}", "choose another place");

    internal static QuernException ReadOnlySystem(OutputTarget target) =>
        Unusable("QN8002", "the file system is read-only", target, "choose another place");

    internal static QuernException WrongKind(OutputTarget target, string what, params string[] tries) =>
        Unusable("QN8003", what, target, tries);

    internal static QuernException Unreplaceable(OutputTarget target, string what, params string[] tries) =>
        Unusable("QN8004", what, target, tries);

    internal static QuernException NothingWritten(OutputTarget target, string temp) =>
        new(new Fault("QN8007", "nothing was written for the output, or another run removed it")
        {
            Where = target.Name,
            Wanted = $"a file at {temp}",
            Try = ["see that no other run writes the same output"],
        });

    internal static QuernException ChangedMeanwhile(OutputTarget target) =>
        new(new Fault("QN8008", "another run replaced the folder while this one worked from it; nothing was changed")
        {
            Where = target.Name,
            Try = ["run again", "see that no other run writes the same output"],
        });

    static QuernException Full(int errno, string path, string? name, Exception? cause)
    {
        var free = DiskSpace.TryFreeBytes(path);
        return new(
            new Fault("QN8006", errno == Libc.Quota ? "the disk quota is used up" : "the disk is full")
            {
                Where = name ?? path,
                Value = free is null ? null : string.Create(CultureInfo.InvariantCulture, $"{free:N0} bytes are free"),
                Try = [$"df -h {Path.GetDirectoryName(path)}", "free some space, or write to another disk"],
            },
            cause);
    }

    static QuernException Unusable(string code, string what, OutputTarget target, params string[] tries) =>
        new(new Fault(code, what) { Where = target.Name, Try = tries, ExitCode = ExitCode.Usage });
}
