using System.Globalization;
using Quern.Duck;
using Quern.Files;

namespace Quern.Delivery;

/// <summary>Gives the engine's message about a full disk the parts that a reader needs.</summary>
static class DiskFull
{
    /// <summary>Writes, and names the output and the free space when the disk is full.</summary>
    /// <param name="name">The output as the user wrote it.</param>
    /// <param name="path">The file that is written.</param>
    /// <param name="write">The work.</param>
    /// <exception cref="QuernException">QN8006 the disk is full; what else the engine says is passed on.</exception>
    public static void Named(string name, string path, Action write)
    {
        try
        {
            write();
        }
        catch (QuernException e) when (Is(e))
        {
            throw new QuernException(
                new Fault("QN8006", "the disk is full")
                {
                    Where = name,
                    Value = string.Create(CultureInfo.InvariantCulture, $"{DiskSpace.FreeBytes(System.IO.Path.GetDirectoryName(path)!):N0} bytes are free"),
                    Try = ["make room there", "--to a path on another disk"],
                },
                e);
        }
    }

    /// <summary>True for what the engine says when a write finds no room.</summary>
    internal static bool Is(QuernException e) =>
        e.Fault is DuckFault && e.Fault.What.Contains("No space left on device", StringComparison.Ordinal);
}
