using Microsoft.Win32.SafeHandles;

namespace Quern.Csv.Inference;

/// <summary>Standard input as a file.</summary>
static class StandardInput
{
    /// <summary>How a path says it.</summary>
    public const string Path = "-";

    /// <summary>How messages name it.</summary>
    public const string Name = "standard input";

    /// <summary>Its bytes; disposing it leaves the descriptor open.</summary>
    public static Stream Open() => new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
}
