// Parts of production's chunk size are generated as CSV and converted one by one, so neither memory nor the temporary
// folder grows with the month. Generating is serial and quick; converting runs in several sessions of one database that has
// a single thread itself, which keeps the order of rows and of sums, and so the bytes, independent of the machine.
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Quern.Duck;

namespace Quern.Bench.Months;

/// <summary>A month as production's Parquet lake: hourly files and, unless left out, daily ones.</summary>
/// <param name="cluster">The month.</param>
/// <param name="folder">The month's folder.</param>
/// <param name="threads">Parts converted at a time.</param>
sealed class LakeMonth(Cluster cluster, string folder, int threads) : MonthOutput
{
    const int SampleRows = 50_000;

    readonly ReportKind[] _kinds = ReportKind.All(cluster);

    /// <summary>Rows of a Parquet file; production converts 200,000 rows at a time.</summary>
    public required int PartRows { get; init; }

    /// <summary>Whether the daily files are left out.</summary>
    public required bool HourlyOnly { get; init; }

    /// <summary>Whether to hash the files.</summary>
    public required bool Hash { get; init; }

    public override string Folder => Path.Combine(folder, "data");

    string PartsFolder => Path.Combine(folder, ".parts");

    public override long Need()
    {
        using var database = Open();
        Directory.CreateDirectory(PartsFolder);
        try
        {
            var temporary = DiskNeed.OfCsv(_kinds[0], compressed: false) / _kinds[0].Rows * PartRows * (threads + 1);
            return temporary + _kinds.Sum(kind => Sample(database, kind));
        }
        finally
        {
            Directory.Delete(PartsFolder, recursive: true);
        }
    }

    public override IReadOnlyList<FinishedFile> Write()
    {
        using var database = Open();
        Directory.CreateDirectory(PartsFolder);
        try
        {
            var done = new ConcurrentBag<FinishedFile>();
            var parts = Partitioner.Create(Parts(), EnumerablePartitionerOptions.NoBuffering);
            Parallel.ForEach(parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
            {
                foreach (var file in Convert(database, part)) done.Add(file);
            });
            return [.. done.OrderBy(file => file.Path, StringComparer.Ordinal)];
        }
        finally
        {
            Directory.Delete(PartsFolder, recursive: true);
        }
    }

    public override void Check()
    {
        using var database = Open();
        using var session = database.Connect();
        new LakeCheck(cluster, session, kind => Glob(kind, daily: false), kind => HourlyOnly ? "" : Glob(kind, daily: true))
            .Run();
    }

    static DuckDatabase Open() => DuckDatabase.Open(new()
    {
        MemoryLimitBytes = 2L << 30,
        Threads = 1,
        TempDirectory = "",
    });

    IEnumerable<Part> Parts()
    {
        foreach (var kind in _kinds)
        {
            for (var index = 0; index < kind.Files; index++)
            {
                var report = kind.Create(index);
                var name = cluster.Plan.FileName(kind.Name, index, kind.Files);
                for (var number = 0; ; number++)
                {
                    var csv = CsvOutput.Write(report, Path.Combine(PartsFolder, $"{name}_{number}.csv"), false, PartRows);
                    if (csv.Rows == 0) break;
                    yield return new(kind, name, number, csv);
                }
            }
        }
    }

    IEnumerable<FinishedFile> Convert(DuckDatabase database, Part part)
    {
        using var session = database.Connect();
        var hourly = Path.Combine(LakeFolder(part.Kind, daily: false), $"{part.Name}_{part.Number}.parquet");
        var header = part.Kind.Create(0).Header;
        yield return Copy(session, LakeSql.Hourly(part.Kind.Folder, header, part.Csv.Path), hourly);
        File.Delete(part.Csv.Path);
        if (HourlyOnly) yield break;
        var daily = Path.Combine(LakeFolder(part.Kind, daily: true), $"{part.Name}_daily_{part.Number}.parquet");
        yield return Copy(session, LakeSql.Daily(part.Kind.Folder, hourly), daily);
    }

    FinishedFile Copy(DuckSession session, string query, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var rows = session.Execute(LakeSql.Copy(query, path + ".part", PartRows));
        File.Move(path + ".part", path);
        using var stream = File.OpenRead(path);
        return new(path, rows, stream.Length, Hash ? System.Convert.ToHexStringLower(SHA256.HashData(stream)) : "");
    }

    long Sample(DuckDatabase database, ReportKind kind)
    {
        var csv = CsvOutput.Write(kind.Create(0), Path.Combine(PartsFolder, "sample.csv"), false, SampleRows);
        if (csv.Rows == 0) return 0;
        using var session = database.Connect();
        var path = Path.Combine(PartsFolder, "sample.parquet");
        session.Execute(LakeSql.Copy(LakeSql.Hourly(kind.Folder, kind.Create(0).Header, csv.Path), path, PartRows));
        var bytes = new FileInfo(path).Length;
        if (!HourlyOnly)
        {
            session.Execute(LakeSql.Copy(LakeSql.Daily(kind.Folder, path), path + ".daily", PartRows));
            bytes += new FileInfo(path + ".daily").Length;
        }
        return (long)((double)bytes / csv.Rows * kind.Rows);
    }

    string LakeFolder(ReportKind kind, bool daily)
    {
        var month = cluster.Plan.Month;
        return Path.Combine(
            Folder, "parquet", daily ? "daily" : "", MonthParameters.Account, "OCP", kind.Folder,
            $"source={MonthParameters.SourceUuid}", $"year={month.Year}", $"month={month.Month:D2}");
    }

    string Glob(ReportKind kind, bool daily) => Path.Combine(LakeFolder(kind, daily), "*.parquet");

    /// <summary>A CSV part on its way to Parquet.</summary>
    sealed record Part(ReportKind Kind, string Name, int Number, FinishedFile Csv);
}
