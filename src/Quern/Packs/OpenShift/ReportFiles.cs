using Quern.Delivery;
using Quern.Duck;
using Quern.Files;
using Quern.Running;

namespace Quern.Packs.OpenShift;

/// <summary>The files that a summary reads, sorted by what they are; everything else has been named and left out.</summary>
sealed class ReportFiles
{
    /// <summary>Endings of the names that are looked at in folders; named files are looked at whatever they are called.</summary>
    static readonly string[] Endings = [".csv", ".csv.gz", ".parquet"];

    readonly List<ReportFile> _files;

    ReportFiles(List<ReportFile> files) => _files = files;

    /// <summary>All of them, in ordinal order of their paths.</summary>
    public IReadOnlyList<ReportFile> All => _files;

    /// <summary>Files of a type in a form.</summary>
    public IReadOnlyList<ReportFile> Of(ReportType type, ReportForm form) =>
        [.. _files.Where(f => f.Layout.Type == type && f.Form == form)];

    /// <summary>Forms in which a type is at hand, in a fixed order.</summary>
    public IReadOnlyList<ReportForm> Forms(ReportType type) =>
        [.. _files.Where(f => f.Layout.Type == type).Select(f => f.Form).Distinct().Order()];

    /// <summary>Hourly pod rows, about: what the footers of Parquet say, and bytes of CSV at the usual length of a row.</summary>
    public long PodRows(DuckSession session, CancellationToken cancel)
    {
        var csv = Of(ReportType.PodUsage, ReportForm.Csv).Sum(f => f.File.SizeBytes / (FileBytes.IsGzip(f.File.Path) ? 25 : 350));
        var parquet = Of(ReportType.PodUsage, ReportForm.Hourly);
        return parquet.Count == 0 ? csv : csv + session.Scalar<long>(
            $"select sum(num_rows)::bigint from parquet_file_metadata({Sql.Files(parquet.Select(f => f.File.Path))})", cancel);
    }

    /// <summary>Finds the files of a request and decides which of them are read.</summary>
    /// <exception cref="QuernException">No file matches, a file cannot be read, lacks a column or is an output, or
    /// pods are there as daily rows only.</exception>
    public static ReportFiles Find(Run run, DuckSession session, SummaryRequest request)
    {
        var parameters = request.Parameters;
        var found = InputFiles.Find(request.BaseDirectory, request.Inputs, Endings, run.Cancellation);
        var look = new ReportLook(run, session, parameters.SourceUuid);
        var files = look.At(found);
        CheckOutputs(files, request.Destinations);
        var first = new DateOnly(parameters.Start.Year, parameters.Start.Month, 1);
        files.RemoveAll(f => f.Month < first || f.Month > parameters.End);
        DropTwins(run, files);
        look.Report();
        DropForms(files);
        return new ReportFiles(files);
    }

    /// <summary>A report that a run replaces would be lost.</summary>
    static void CheckOutputs(List<ReportFile> files, IReadOnlyList<Destination> destinations)
    {
        foreach (var to in destinations)
        {
            if (files.Find(f => Destinations.Replaces(to, f.File.RealPath)) is not { } report) continue;
            throw new QuernException(new Fault("QN1113", "an input is replaced by an output")
            {
                Where = report.File.Name,
                Value = $"--to {to.Name}",
                Try = ["--to another place"],
                ExitCode = ExitCode.Usage,
            });
        }
    }

    static void DropTwins(Run run, List<ReportFile> files)
    {
        foreach (var group in files.GroupBy(f => (f.Layout.Type, f.Form)).ToList())
        {
            foreach (var twin in ContentTwins.Find([.. group.Select(f => f.File)], run.Cancellation).Twins)
            {
                run.Warn("QN2101", $"{twin.File.Name} has the same content as {twin.SameAs.Name} and is not read");
                files.RemoveAll(f => f.File == twin.File);
            }
        }
    }

    /// <summary>
    /// The lake holds most rows twice, by hour and by day. Pods: daily rows give the measures when each month has them and nothing comes
    /// from CSV; hourly rows are needed in any case, for the capacity. Other reports: by day where a month has that, else by hour.
    /// </summary>
    static void DropForms(List<ReportFile> files)
    {
        foreach (var group in files.GroupBy(f => f.Layout.Type).ToList())
        {
            var hourly = group.Where(f => f.Form == ReportForm.Hourly).Select(f => f.Month).ToHashSet();
            var daily = group.Where(f => f.Form == ReportForm.Daily).Select(f => f.Month).ToHashSet();
            if (group.Key != ReportType.PodUsage)
            {
                files.RemoveAll(f => f.Layout.Type == group.Key && f.Form == ReportForm.Hourly && daily.Contains(f.Month));
                continue;
            }
            if (daily.Except(hourly).Order().FirstOrDefault() is { Year: > 1 } alone) throw DailyAlone(files, alone);
            if (hourly.IsSubsetOf(daily) && group.All(f => f.Form != ReportForm.Csv)) continue;
            files.RemoveAll(f => f.Layout.Type == group.Key && f.Form == ReportForm.Daily);
        }
    }

    static QuernException DailyAlone(List<ReportFile> files, DateOnly month) => new(
        new Fault("QN3104", "daily pod rows are there without the hourly ones")
        {
            Where = files.First(f => f.Form == ReportForm.Daily && f.Month == month && f.Layout.Type == ReportType.PodUsage).File.Name,
            Value = FormattableString.Invariant($"month {month:yyyy-MM}"),
            Wanted = "hourly rows of the same month: node capacity is the largest figure of each hour, and daily rows sum it over the pods",
            Try = ["--input the folder above, that holds daily/ and the hourly rows beside it", "hourly rows alone suffice, too"],
        });
}
