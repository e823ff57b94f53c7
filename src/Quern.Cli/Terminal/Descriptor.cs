using System.Runtime.InteropServices;
using System.Text;

namespace Quern.Cli.Terminal;

/// <summary>The standard streams as the kernel has them.</summary>
/// <remarks>
/// Not System.Console: its stream hides a closed pipe, so that <c>quern ... | head</c> would work on for nobody, and
/// loading it costs start-up time. A FileStream keeps an offset of its own, so <c>&gt;log 2&gt;&amp;1</c> would overwrite itself.
/// </remarks>
static unsafe partial class Descriptor
{
    /// <summary>Standard output.</summary>
    public const int Out = 1;

    /// <summary>Standard error.</summary>
    public const int Error = 2;

    const int Interrupted = 4, WouldBlock = 11, BrokenPipe = 32;
    const short Writable = 4;
    const nuint GetWindowSize = 0x5413;

    /// <summary>Writes all bytes.</summary>
    /// <exception cref="BrokenPipeException">Nobody reads any more.</exception>
    /// <exception cref="IOException">The bytes cannot be written: a full disk, a closed stream.</exception>
    public static void Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint written;
            fixed (byte* start = bytes) written = write(descriptor, start, (nuint)bytes.Length);
            if (written >= 0)
            {
                bytes = bytes[(int)written..];
                continue;
            }
            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted: break;
                case WouldBlock: AwaitWritable(descriptor); break;
                case BrokenPipe: throw new BrokenPipeException();
                case var error: throw new IOException(Marshal.GetPInvokeErrorMessage(error));
            }
        }
    }

    /// <summary>Writes a text; false when it cannot be written.</summary>
    public static bool TryWrite(int descriptor, string text)
    {
        try
        {
            Write(descriptor, Encoding.UTF8.GetBytes(text));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Whether a person may be looking.</summary>
    public static bool IsTerminal(int descriptor) => isatty(descriptor) == 1;

    /// <summary>Columns of the terminal behind a stream; 80 when it does not tell.</summary>
    public static int Columns(int descriptor)
    {
        var size = stackalloc ushort[4];
        return ioctl(descriptor, GetWindowSize, size) == 0 && size[1] > 0 ? size[1] : 80;
    }

    // Another process may have set a shared terminal or pipe to non-blocking.
    static void AwaitWritable(int descriptor)
    {
        var wanted = new Poll { Descriptor = descriptor, Events = Writable };
        _ = poll(&wanted, 1, -1);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc")]
    private static partial int isatty(int descriptor);

    [LibraryImport("libc")]
    private static partial int ioctl(int descriptor, nuint request, ushort* size);

    [LibraryImport("libc")]
    private static partial int poll(Poll* descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    struct Poll
    {
        public int Descriptor;
        public short Events, Happened;
    }
}
