using System.Runtime.InteropServices;

namespace Quern.Files;

/// <summary>What a path names, as far as reading and replacing it is concerned.</summary>
enum FileKind
{
    Regular,
    Folder,
    Link,

    /// <summary>A pipe, socket or device.</summary>
    Other,
}

/// <summary>One look at a path: kind, owner, size and times, in one system call.</summary>
readonly record struct FileStat
{
    const uint BasicFields = 0x7ff;
    const ulong ImmutableAttribute = 0x10, MountRootAttribute = 0x2000;

    internal FileKind Kind { get; private init; }

    /// <summary>The permission bits, with set-user, set-group and sticky.</summary>
    internal UnixFileMode Mode { get; private init; }

    internal uint Owner { get; private init; }

    internal uint Group { get; private init; }

    /// <summary>Device and inode: equal for two names of one file.</summary>
    internal (ulong Device, ulong Inode) Identity { get; private init; }

    /// <summary>Number of names (hard links).</summary>
    internal uint Links { get; private init; }

    internal long SizeBytes { get; private init; }

    internal DateTimeOffset Modified { get; private init; }

    /// <summary>When content or metadata last changed; unlike <see cref="Modified"/> no program can set it.</summary>
    internal DateTimeOffset Changed { get; private init; }

    /// <summary>Something is mounted exactly here, so the path cannot be renamed over.</summary>
    internal bool IsMountPoint { get; private init; }

    /// <summary>Marked as never to change (chattr +i).</summary>
    internal bool IsImmutable { get; private init; }

    /// <summary>
    /// Looks at a path; null when it cannot be looked at, and then <paramref name="errno"/> says why.
    /// </summary>
    internal static FileStat? TryRead(string path, out int errno, bool follow = true)
    {
        if (Libc.Statx(Libc.CurrentFolder, path, follow ? 0 : Libc.NoFollow, BasicFields, out var raw) != 0)
        {
            errno = Marshal.GetLastPInvokeError();
            return null;
        }
        errno = 0;
        return new FileStat
        {
            Kind = (raw.Mode & 0xF000) switch
            {
                0x8000 => FileKind.Regular,
                0x4000 => FileKind.Folder,
                0xA000 => FileKind.Link,
                _ => FileKind.Other,
            },
            Mode = (UnixFileMode)(raw.Mode & 0xFFF),
            Owner = raw.Owner,
            Group = raw.Group,
            Identity = (((ulong)raw.DeviceMajor << 32) | raw.DeviceMinor, raw.Inode),
            Links = raw.Links,
            SizeBytes = (long)raw.SizeBytes,
            Modified = Time(raw.ModifiedSeconds, raw.ModifiedNanoseconds),
            Changed = Time(raw.ChangedSeconds, raw.ChangedNanoseconds),
            IsMountPoint = (raw.Attributes & MountRootAttribute) != 0,
            IsImmutable = (raw.Attributes & ImmutableAttribute) != 0,
        };
    }

    /// <summary>Looks at a path; null when nothing can be seen there.</summary>
    internal static FileStat? TryRead(string path, bool follow = true) => TryRead(path, out _, follow);

    static DateTimeOffset Time(long seconds, uint nanoseconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
