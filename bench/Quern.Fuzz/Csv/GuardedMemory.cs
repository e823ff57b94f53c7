using System.Runtime.InteropServices;
using Quern.Csv.Blocks;

namespace Quern.Fuzz.Csv;

/// <summary>Memory of a block in front of a page that must not be read, full of bytes that mean something: to read beyond the margin
/// ends the process, and to rely on the margin, or on what was not loaded, makes for other rows.</summary>
sealed unsafe partial class GuardedMemory(int bytes) : BlockMemory(bytes)
{
    const int None = 0;
    const int ReadWrite = 3;
    const int PrivateAnonymous = 0x22;

    static ReadOnlySpan<byte> Poison => "\",\n\"\r;\t|\\ "u8;

    /// <inheritdoc/>
    public override void Forget(int bytes) => Overwrite(First, bytes);

    /// <inheritdoc/>
    protected override byte* Allocate(int bytes)
    {
        var page = Environment.SystemPageSize;
        var region = Region(bytes);
        var memory = Map(0, region, ReadWrite, PrivateAnonymous, -1, 0);
        if (memory == -1 || Protect(memory, (nuint)page, None) != 0 || Protect(memory + (nint)region - page, (nuint)page, None) != 0)
            throw new InvalidOperationException("no memory with guards can be had");
        var first = (byte*)memory + (nint)region - page - bytes;
        Overwrite(first, bytes);
        return first;
    }

    // Twice as many at a time, as blocks are overwritten often.
    static void Overwrite(byte* first, int bytes)
    {
        var all = new Span<byte>(first, bytes);
        for (var done = 0; done < bytes; done = done == 0 ? Poison.Length : 2 * done)
        {
            var more = done == 0 ? Poison : (ReadOnlySpan<byte>)all[..Math.Min(done, bytes - done)];
            more[..Math.Min(more.Length, bytes - done)].CopyTo(all[done..]);
        }
    }

    /// <inheritdoc/>
    protected override byte* Enlarge(byte* memory, int had, int bytes)
    {
        var larger = Allocate(bytes);
        // What is behind the bytes that had room may be poison as well as the old margin.
        new ReadOnlySpan<byte>(memory, had - Margin).CopyTo(new Span<byte>(larger, bytes));
        Free(memory, had);
        return larger;
    }

    /// <inheritdoc/>
    protected override void Free(byte* memory, int bytes)
    {
        if (memory is null) return;
        var region = Region(bytes);
        Unmap((nint)(memory + bytes) + Environment.SystemPageSize - (nint)region, region);
    }

    // A page that must not be read stands on either side; the bytes end where the last one begins.
    static nuint Region(int bytes)
    {
        var page = Environment.SystemPageSize;
        return (nuint)((((bytes + page - 1) / page) + 2) * page);
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint at, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint at, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint at, nuint length);
}
