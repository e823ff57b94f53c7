using System.Globalization;

namespace Quern.Duck.Native;

/// <summary>Copies the profile of the last statement out of a connection.</summary>
static class ProfileReader
{
    /// <summary>The profile; null when there is none.</summary>
    public static DuckProfile? Read(ConnectionHandle connection)
    {
        var root = Capi.duckdb_get_profiling_info(connection);
        if (root == 0) return null;
        var metrics = Metrics(root);
        return new DuckProfile
        {
            Sql = metrics.GetValueOrDefault("QUERY_NAME", ""),
            Latency = Seconds(metrics, "LATENCY"),
            Cpu = Seconds(metrics, "CPU_TIME"),
            RowsReturned = Whole(metrics, "ROWS_RETURNED"),
            RowsScanned = Whole(metrics, "CUMULATIVE_ROWS_SCANNED"),
            PeakBufferBytes = Whole(metrics, "SYSTEM_PEAK_BUFFER_MEMORY"),
            PeakTempBytes = Whole(metrics, "SYSTEM_PEAK_TEMP_DIR_SIZE"),
            Metrics = metrics,
            Operators = Children(root),
        };
    }

    static DuckOperator[] Children(nint node)
    {
        var children = new DuckOperator[Capi.duckdb_profiling_info_get_child_count(node)];
        for (var i = 0; i < children.Length; i++)
        {
            var child = Capi.duckdb_profiling_info_get_child(node, (ulong)i);
            var metrics = Metrics(child);
            children[i] = new DuckOperator(
                metrics.GetValueOrDefault("OPERATOR_NAME", "").Trim(),
                metrics.GetValueOrDefault("OPERATOR_TYPE", ""),
                Seconds(metrics, "OPERATOR_TIMING"),
                Whole(metrics, "OPERATOR_CARDINALITY"),
                Whole(metrics, "OPERATOR_ROWS_SCANNED"),
                metrics.GetValueOrDefault("EXTRA_INFO", "{}"),
                Children(child));
        }
        return children;
    }

    static Dictionary<string, string> Metrics(nint node) =>
        ((Dictionary<string, object?>)NativeValue.Take(Capi.duckdb_profiling_info_get_metrics(node))!)
            .ToDictionary(metric => metric.Key, metric => (string?)metric.Value ?? "");

    static TimeSpan Seconds(Dictionary<string, string> metrics, string name) =>
        double.TryParse(metrics.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : default;

    static long Whole(Dictionary<string, string> metrics, string name) =>
        long.TryParse(metrics.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var value) ? value : 0;
}
