using Quern.Duck;
using Quern.Files;

namespace Quern.Packs.OpenShift;

/// <summary>
/// Turns what the engine says about a file it cannot read into a fault that names file, line and what is wrong. Slow, as
/// it reads the suspects again, and only done when the run fails.
/// </summary>
/// <param name="session">The engine.</param>
/// <param name="longestLineBytes">The longest line of CSV that the engine was told to take.</param>
/// <param name="cancel">Ends the search.</param>
sealed class ReadFault(DuckSession session, long longestLineBytes, CancellationToken cancel)
{
    /// <summary>The fault; null when the error is not about an input.</summary>
    public QuernException? Of(QuernException error, ReportFiles files)
    {
        if (error.Fault is not DuckFault { Kind: not DuckErrorKind.OutOfMemory } fault) return null;
        var text = string.Join('\n', fault.Try.Prepend(fault.What));
        var named = files.All.Where(f => text.Contains(f.File.Path, StringComparison.Ordinal)).ToList();
        foreach (var file in named.Count > 0 ? named : files.All)
        {
            if (Flaw(file) is { } flaw) return new QuernException(flaw, error);
        }
        return named.Count == 0 ? null : new QuernException(
            new Fault("QN3111", "a report cannot be read")
            {
                Where = named[0].File.Name,
                Value = fault.What,
                Try = ["export the report again: it may have been cut short", "leave the file out of --input"],
            },
            error);
    }

    Fault? Flaw(ReportFile file)
    {
        var (path, name) = (file.File.Path, file.File.Name);
        if (SteadyInputs.Change(file.File) is { } change) return change;
        if (file.Form != ReportForm.Csv) return ParquetFlaw(file);
        try
        {
            return CsvFlaw.Find(path, name, (int)longestLineBytes, cancel);
        }
        catch (QuernException e)
        {
            // The file cannot even be read to its end: gzip that is cut short or damaged.
            return e.Fault;
        }
    }

    Fault? ParquetFlaw(ReportFile file)
    {
        try
        {
            var columns = Sql.Names(file.Columns.Where(file.Layout.Reads));
            using var rows = session.Query($"select {columns} from read_parquet({Sql.File(file.File.Path)})", cancel);
            while (rows.Next() is not null)
            {
            }
            return null;
        }
        catch (QuernException e) when (e.Fault is DuckFault { Kind: not DuckErrorKind.Fatal })
        {
            return ParquetColumns.Broken(file.File, e).Fault;
        }
    }
}
