using System.Globalization;
using Quern.Duck;
using Quern.Files;

namespace Quern.Packs.OpenShift;

/// <summary>Turns what the engine says about a file it cannot read into a fault that names file, line and what is wrong.</summary>
static class ReadFault
{
    /// <summary>The fault; null when the error is not about an input.</summary>
    public static QuernException? Of(QuernException error, ReportFiles files)
    {
        if (error.Fault is not DuckFault fault) return null;
        var text = error.Fault + "\n" + error.Message;
        var named = files.All.Where(f => text.Contains(f.File.Path, StringComparison.Ordinal)).ToList();
        var suspects = named.Count > 0 ? named : [.. files.All];
        if (fault.Kind is DuckErrorKind.OutOfMemory || fault.What.Contains("No space left on device", StringComparison.Ordinal)) return null;
        foreach (var file in suspects)
        {
            if (Broken(file, error) is { } broken) return broken;
        }
        return null;
    }

    static QuernException? Broken(ReportFile file, QuernException error)
    {
        if (!File.Exists(file.File.Path))
        {
            return new QuernException(
                new Fault("QN2016", "the file went away while it was read") { Where = file.File.Name, Try = ["run again when the inputs are at rest"] }, error);
        }
        if (file.Form != ReportForm.Csv) return ParquetFault(file, error);
        if (file.File.Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) && GzipCheck.Run(file.File.Path, file.File.Name).Fault is { } gzip)
            return new QuernException(gzip, error);
        if (CsvPlaceFinder.FindWidth(file.File.Path) is not { } ragged) return null;
        return new QuernException(
            new Fault("QN3106", "a row has another number of fields than the header")
            {
                Where = string.Create(CultureInfo.InvariantCulture, $"{file.File.Name} line {ragged.Place.Line:N0} (byte {ragged.Place.ByteOffset:N0})"),
                Value = string.Create(CultureInfo.InvariantCulture, $"{ragged.Place.FieldCount} fields"),
                Wanted = string.Create(CultureInfo.InvariantCulture, $"{ragged.WantedFields} fields, as in the header"),
                Try = ["look for a missing quote or comma in the line", "export the report again: it may have been cut short"],
            },
            error);
    }

    static QuernException? ParquetFault(ReportFile file, QuernException error) =>
        error.Fault.What.Contains(file.File.Path, StringComparison.Ordinal) || error.Fault is DuckFault { Kind: DuckErrorKind.IO or DuckErrorKind.Invalid or DuckErrorKind.InvalidInput }
            ? ParquetColumns.Broken(file.File, error)
            : null;
}
