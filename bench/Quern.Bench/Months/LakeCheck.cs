using Quern.Bench.Terminal;
using Quern.Duck;

namespace Quern.Bench.Months;

/// <summary>Counts a lake's rows and compares its daily sums with its hourly ones.</summary>
/// <param name="cluster">What was asked for.</param>
/// <param name="session">Reads the lake.</param>
/// <param name="hourly">Glob of a report's hourly files.</param>
/// <param name="daily">Glob of its daily files; empty when there are none.</param>
sealed class LakeCheck(
    Cluster cluster, DuckSession session, Func<ReportKind, string> hourly, Func<ReportKind, string> daily)
{
    /// <summary>Reads every file.</summary>
    /// <exception cref="BenchException">The first thing that is not as promised.</exception>
    public void Run()
    {
        foreach (var kind in ReportKind.All(cluster))
        {
            var rows = Count("count(*)", hourly(kind));
            Out.Note($"check  {kind.Folder} {rows:N0} hourly rows");
            if (kind.Folder == "pod_usage") Expect(rows == cluster.Plan.Rows, $"{rows} pod rows, not {cluster.Plan.Rows}");
            else Expect(rows > 0, $"no rows of {kind.Folder}");
            if (daily(kind).Length == 0) continue;
            var days = Count("count(*)", daily(kind));
            Out.Note($"check  {kind.Folder} {days:N0} daily rows");
            Expect(days > 0 && days <= rows, $"{days} daily rows of {kind.Folder}");
            var measure = kind.Folder switch
            {
                "pod_usage" => "round(sum(pod_effective_usage_cpu_core_seconds))::BIGINT",
                "storage_usage" => "round(sum(persistentvolumeclaim_usage_byte_seconds) / 1e9)::BIGINT",
                _ => "count(DISTINCT interval_start::DATE)",
            };
            var (byHour, byDay) = (Count(measure, hourly(kind)), Count(measure, daily(kind)));
            Expect(Math.Abs(byHour - byDay) <= byHour * 1e-9 + 1, $"{measure}: hourly {byHour}, daily {byDay}");
        }
    }

    long Count(string measure, string glob) =>
        session.Scalar<long>($"SELECT {measure} FROM read_parquet({LakeSql.Quoted(glob)})");

    static void Expect(bool condition, string what)
    {
        if (!condition) throw new BenchException($"check failed: {what}");
    }
}
