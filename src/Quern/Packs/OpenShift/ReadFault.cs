using Quern.Duck;
using Quern.Files;

namespace Quern.Packs.OpenShift;

/// <summary>
/// Turns what the engine says about a file it cannot read into a fault that names the file and what is wrong. Slow, as it reads the
/// suspects again, and only done when the run fails.
/// </summary>
/// <param name="session">The engine.</param>
/// <param name="cancel">Ends the search.</param>
sealed class ReadFault(DuckSession session, CancellationToken cancel)
{
    /// <summary>The fault; null when the error is not about an input, or names its place already.</summary>
    public QuernException? Of(QuernException error, ReportFiles files)
    {
        if (error.Fault is DuckFault { Kind: DuckErrorKind.OutOfMemory }) return null;
        if (files.All.Select(f => SteadyInputs.Change(f.File)).FirstOrDefault(c => c is not null) is { } change) return new QuernException(change, error);
        if (error.Fault is not DuckFault fault) return null;
        var text = string.Join('\n', fault.Try.Prepend(fault.What));
        var named = files.All.Where(f => text.Contains(f.File.Path, StringComparison.Ordinal)).ToList();
        foreach (var file in named.Count > 0 ? named : files.All)
        {
            if (file.Form != ReportForm.Csv && ParquetFlaw(file) is { } flaw) return new QuernException(flaw, error);
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
