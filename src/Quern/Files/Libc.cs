using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Quern.Files;

/// <summary>
/// The calls of the C library that .NET does not offer. Failures are read with
/// <see cref="Marshal.GetLastPInvokeError"/>.
/// </summary>
static partial class Libc
{
    // errno.h
    internal const int NotPermitted = 1, NoEntry = 2, Access = 13, Exists = 17, CrossDevice = 18, NotFolder = 20,
        Invalid = 22, NoSpace = 28, ReadOnly = 30, NoSystemCall = 38, NotEmpty = 39, NotSupported = 95, Quota = 122;

    // fcntl.h, unistd.h and stdio.h
    internal const int CurrentFolder = -100;
    internal const int NoFollow = 0x100, EffectiveAccess = 0x200;
    internal const int ReadAccess = 4, WriteAccess = 2;
    internal const int OpenReadOnlyCloseOnExec = 0x80000, OpenPathCloseOnExec = 0x280000;
    internal const uint RenameNoReplace = 1, RenameExchange = 2;
    internal const uint StartOnly = 2;

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial string? RealPath(string path, nint allocate);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Statx(int folder, string path, int flags, uint mask, out StatxBuffer buffer);

    [LibraryImport("libc", EntryPoint = "faccessat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int AccessAt(int folder, string path, int mode, int flags);

    /// <summary>Begins to bring bytes of a file to the disk, without waiting for them.</summary>
    [LibraryImport("libc", EntryPoint = "sync_file_range", SetLastError = true)]
    internal static partial int StartToWrite(SafeFileHandle file, long offset, long bytes, uint flags);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int RenameAt(int fromFolder, string from, int toFolder, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Link(string existing, string link);

    [LibraryImport("libc", EntryPoint = "chmod", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ChangeMode(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ChangeOwner(string path, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Sync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int process, int signal);

    /// <summary>
    /// With <see cref="uint.MaxValue"/>: the user that this thread's file accesses are judged by (setfsuid(2) changes
    /// nothing then).
    /// </summary>
    [LibraryImport("libc", EntryPoint = "setfsuid")]
    internal static partial uint FileUser(uint unchanged);

    /// <summary>struct statx of linux/stat.h: the same on every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct StatxBuffer
    {
        [FieldOffset(8)] internal ulong Attributes;
        [FieldOffset(16)] internal uint Links;
        [FieldOffset(20)] internal uint Owner;
        [FieldOffset(24)] internal uint Group;
        [FieldOffset(28)] internal ushort Mode;
        [FieldOffset(32)] internal ulong Inode;
        [FieldOffset(40)] internal ulong SizeBytes;
        [FieldOffset(96)] internal long ChangedSeconds;
        [FieldOffset(104)] internal uint ChangedNanoseconds;
        [FieldOffset(112)] internal long ModifiedSeconds;
        [FieldOffset(120)] internal uint ModifiedNanoseconds;
        [FieldOffset(136)] internal uint DeviceMajor;
        [FieldOffset(140)] internal uint DeviceMinor;
    }
}
