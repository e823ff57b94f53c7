using System.Globalization;
using Quern.Budget;
using Quern.Duck;
using Quern.Files;

namespace Quern.Running;

/// <summary>Says in the user's terms that the engine met a limit: the memory of the run, or room for temporary files.</summary>
public static class EngineLimit
{
    /// <summary>The fault that an error of the engine stands for.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="options">How the engine was opened.</param>
    /// <param name="memory">The memory of the run.</param>
    /// <returns>QN9005, exit code 4: memory; QN9032: the folder for temporary files; null when it is about neither.</returns>
    public static QuernException? Of(QuernException error, DuckOptions options, MemoryLedger memory)
    {
        ArgumentNullException.ThrowIfNull(error);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(memory);
        if (error.Fault is not DuckFault fault) return null;
        var isMemory = fault.Kind == DuckErrorKind.OutOfMemory;
        // The engine counts a full folder for temporary files as memory, and names the setting that bounds it.
        var isTemp = isMemory
            ? fault.Try.Any(line => line.Contains("max_temp_directory_size", StringComparison.Ordinal))
            : fault.What.Contains(options.TempDirectory, StringComparison.Ordinal);
        if (isTemp) return new QuernException(Temp(fault, options, memory), error);
        return isMemory ? new QuernException(Memory(memory), error) : null;
    }

    static Fault Temp(DuckFault fault, DuckOptions options, MemoryLedger memory)
    {
        var folder = Path.GetDirectoryName(options.TempDirectory)!;
        var isFull = fault.Kind == DuckErrorKind.OutOfMemory || OutputFaults.DiskFull(new QuernException(fault), folder) is not null;
        return new Fault("QN9032", isFull ? "there is no room for temporary files" : "temporary files cannot be written")
        {
            Where = folder,
            Value = isFull
                ? string.Create(CultureInfo.InvariantCulture, $"{DiskSpace.FreeBytes(folder):N0} bytes are free")
                : fault.What,
            Wanted = $"room for what the memory limit of {new MemorySize(memory.LimitBytes)} does not hold",
            Try = ["--temp FOLDER     a folder on a disk with room", "--memory SIZE     more of it needs fewer temporary files"],
        };
    }

    static Fault Memory(MemoryLedger memory) => new("QN9005", "the run needed more memory than its limit")
    {
        Where = "--memory",
        Value = new MemorySize(memory.LimitBytes).ToString(),
        Try = ["--memory SIZE     more of it", "--threads N       fewer of them need less"],
        ExitCode = ExitCode.MemoryLimit,
    };
}
