using System.Globalization;
using System.Runtime.InteropServices;

namespace Quern.Files;

/// <summary>The faults of writing outputs, QN8001 to QN8009.</summary>
public static class OutputFaults
{
    /// <summary>
    /// Says that a disk is full, when that is what <paramref name="cause"/> means: writers that get only a path call this with what they caught.
    /// </summary>
    /// <param name="cause">An <see cref="IOException"/> of .NET, or an error of a database engine that quotes the system's words.</param>
    /// <param name="path">The output as the user named it.</param>
    /// <returns>QN8006 with the free bytes at the path; null when the cause is something else.</returns>
    public static QuernException? DiskFull(Exception cause, string path)
    {
        ArgumentNullException.ThrowIfNull(cause);
        for (var e = cause; e is not null; e = e.InnerException)
        {
            // .NET puts the plain errno into HResult of an IOException it has no type for.
            if (e is IOException && e.HResult is Libc.NoSpace or Libc.Quota) return Full(e.HResult, path, cause);
            if (e.Message.Contains("No space left on device", StringComparison.Ordinal)) return Full(Libc.NoSpace, path, cause);
            if (e.Message.Contains("Disk quota exceeded", StringComparison.Ordinal)) return Full(Libc.Quota, path, cause);
        }
        return null;
    }

    internal static QuernException Failed(int errno, string path, string doing) => errno is Libc.NoSpace or Libc.Quota
        ? Full(errno, path, null)
        : new(new Fault("QN8009", $"cannot {doing}: {Marshal.GetPInvokeErrorMessage(errno)}") { Where = path, Try = [$"ls -ld {Path.GetDirectoryName(path)}"] });

    internal static QuernException NoFolder(string path, string folder) =>
        Unusable("QN8001", "the folder of the output does not exist", path, $"mkdir -p {folder}");

    internal static QuernException Denied(string path, string what) => Unusable("QN8002", $"permission denied: {what}", path, $"ls -ld {path}", "choose another place");

    internal static QuernException ReadOnlySystem(string path) => Unusable("QN8002", "the file system is read-only", path, "choose another place");

    internal static QuernException WrongKind(string path, string what, params string[] tries) => Unusable("QN8003", what, path, tries);

    internal static QuernException Unreplaceable(string path, string what, params string[] tries) => Unusable("QN8004", what, path, tries);

    internal static QuernException NothingWritten(string path, string temp) =>
        new(new Fault("QN8007", "nothing was written for the output, or another run removed it")
        {
            Where = path,
            Wanted = $"a file at {temp}",
            Try = ["see that no other run writes the same output"],
        });

    internal static QuernException ChangedMeanwhile(string path) =>
        new(new Fault("QN8008", "another run replaced the folder while this one was working from it; nothing was changed")
        {
            Where = path,
            Try = ["run again", "see that no other run writes the same output"],
        });

    static QuernException Full(int errno, string path, Exception? cause)
    {
        var free = DiskSpace.TryFreeBytes(path);
        var what = errno == Libc.Quota ? "the disk quota is used up" : "the disk is full";
        return new(
            new Fault("QN8006", what)
            {
                Where = free is null ? path : string.Create(CultureInfo.InvariantCulture, $"{path}, where {free:N0} bytes are free"),
                Try = [$"df -h {Path.GetDirectoryName(path)}", "free some space, or write to another disk"],
            }, cause);
    }

    static QuernException Unusable(string code, string what, string path, params string[] tries) =>
        new(new Fault(code, what) { Where = path, Try = tries, ExitCode = ExitCode.Usage });
}
