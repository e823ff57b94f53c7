using System.Globalization;

namespace Quern.Files;

/// <summary>
/// Proves that inputs are what they were when they were found. A run that reads a file twice while somebody writes to it
/// would make one result out of two files.
/// </summary>
static class SteadyInputs
{
    /// <summary>Looks at each file once more.</summary>
    /// <param name="files">Files as <see cref="InputFiles.Find"/> gave them.</param>
    /// <param name="cancel">Ends a long look.</param>
    /// <exception cref="QuernException">QN2016 a file is gone; QN2018 its size or time of change is another.</exception>
    public static void Check(IEnumerable<InputFile> files, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var file in files)
        {
            cancel.ThrowIfCancellationRequested();
            if (Change(file) is { } fault) throw new QuernException(fault);
        }
    }

    /// <summary>QN2016 or QN2018; null when the file is what it was.</summary>
    internal static Fault? Change(InputFile file)
    {
        if (FileStat.TryRead(file.RealPath) is not { } now)
            return new Fault("QN2016", "a file went away while it was read") { Where = file.Name, Try = [AtRest] };
        if (now.SizeBytes == file.SizeBytes && now.Modified == file.Modified) return null;
        return new Fault("QN2018", "a file changed while it was read")
        {
            Where = file.Name,
            Value = now.SizeBytes == file.SizeBytes ? "other content of the same size" : Sizes(file.SizeBytes, now.SizeBytes),
            Try = [AtRest],
        };
    }

    const string AtRest = "run again when the inputs are at rest";

    static string Sizes(long then, long now) =>
        string.Create(CultureInfo.InvariantCulture, $"{then:N0} bytes at first, {now:N0} bytes at the end");
}
