using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Quern.Tests.Delivery;

/// <summary>
/// A lock on a file as another process would hold it. Locks of an open file description (fcntl(2)) conflict with those of
/// a process, also with those of the process that holds them.
/// </summary>
sealed partial class RecordLock : IDisposable
{
    const int SetOpenFileLock = 37;
    const short WriteLock = 1;
    readonly SafeFileHandle _file;

    public RecordLock(string path)
    {
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var whole = new Range { Type = WriteLock };
        Assert.Equal(0, Control(_file, SetOpenFileLock, ref whole));
    }

    public void Dispose() => _file.Dispose();

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(SafeFileHandle file, int command, ref Range range);

    [StructLayout(LayoutKind.Sequential)]
    struct Range
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int Process;
    }
}
