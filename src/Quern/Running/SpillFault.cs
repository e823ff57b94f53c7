using System.Globalization;
using Quern.Duck;
using Quern.Files;

namespace Quern.Running;

/// <summary>Says in the user's terms that the engine's temporary files, which hold what memory does not, have no place.</summary>
public static class SpillFault
{
    /// <summary>The fault that an error of the engine stands for.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="options">How the engine was opened.</param>
    /// <returns>QN9032; null when it is not about temporary files, or none are allowed.</returns>
    public static QuernException? Of(QuernException error, DuckOptions options)
    {
        ArgumentNullException.ThrowIfNull(error);
        ArgumentNullException.ThrowIfNull(options);
        if (error.Fault is not DuckFault fault || options.TempDirectory.Length == 0) return null;
        var folder = Path.GetDirectoryName(options.TempDirectory)!;
        if (IsFull(fault)) return Full(folder, error);
        if (!fault.What.Contains(options.TempDirectory, StringComparison.Ordinal)) return null;
        return OutputFaults.DiskFull(error, folder) is null ? Unwritable(folder, fault.What, error) : Full(folder, error);
    }

    /// <summary>True when there is no room for temporary files; less memory at a time does not mend that.</summary>
    /// <remarks>The engine counts a full folder as memory used up, and names the setting that bounds it.</remarks>
    internal static bool IsFull(DuckFault fault) =>
        fault.Try.Any(line => line.Contains("max_temp_directory_size", StringComparison.Ordinal));

    static QuernException Full(string folder, QuernException cause)
    {
        var free = DiskSpace.TryFreeBytes(folder);
        return Make("there is no room for temporary files", folder,
            free is null ? null : string.Create(CultureInfo.InvariantCulture, $"{free:N0} bytes are free"), cause);
    }

    static QuernException Unwritable(string folder, string reason, QuernException cause) =>
        Make("temporary files cannot be written", folder, reason, cause);

    static QuernException Make(string what, string folder, string? value, QuernException cause) => new(
        new Fault("QN9032", what)
        {
            Where = folder,
            Value = value,
            Wanted = "room for what the memory limit does not hold",
            Try = ["--temp FOLDER     a folder on a disk with room", "--memory SIZE     with more of it less is written"],
        },
        cause);
}
