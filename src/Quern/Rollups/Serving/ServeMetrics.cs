using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Quern.Rollups.Serving;

/// <summary>What a server has done, as Prometheus reads it (text format 0.0.4).</summary>
sealed class ServeMetrics
{
    /// <summary>Upper bounds of the histogram, in seconds.</summary>
    static readonly double[] Bounds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

    readonly ConcurrentDictionary<(string Path, int Status), long> _requests = [];
    readonly ConcurrentDictionary<string, long> _answers = new(StringComparer.Ordinal);
    readonly long[] _buckets = new long[Bounds.Length + 1];
    long _ticks;

    /// <summary>Counts a request.</summary>
    /// <param name="path">One of the paths of the server; never what a client made up.</param>
    /// <param name="status">Of the answer.</param>
    public void Request(string path, int status) => _requests.AddOrUpdate((path, status), 1, static (_, n) => n + 1);

    /// <summary>Counts an answer to a query.</summary>
    /// <param name="by">The grain, or <c>fallback</c>.</param>
    /// <param name="took">From the query to its rows.</param>
    public void Query(string by, TimeSpan took)
    {
        _answers.AddOrUpdate(by, 1, static (_, n) => n + 1);
        var bucket = Array.FindIndex(Bounds, b => took.TotalSeconds <= b);
        Interlocked.Increment(ref _buckets[bucket < 0 ? Bounds.Length : bucket]);
        Interlocked.Add(ref _ticks, took.Ticks);
    }

    /// <summary>All counts.</summary>
    /// <param name="connections">Connections that are open.</param>
    public string Text(int connections)
    {
        var text = new StringBuilder();
        text.Append("# TYPE quern_connections gauge\n").Append(CultureInfo.InvariantCulture, $"quern_connections {connections}\n");
        text.Append("# TYPE quern_requests_total counter\n");
        foreach (var ((path, status), count) in _requests.OrderBy(r => r.Key))
            text.Append(CultureInfo.InvariantCulture, $"quern_requests_total{{path=\"{path}\",status=\"{status}\"}} {count}\n");
        text.Append("# TYPE quern_queries_total counter\n");
        foreach (var (by, count) in _answers.OrderBy(a => a.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"quern_queries_total{{by=\"{Label(by)}\"}} {count}\n");
        text.Append("# TYPE quern_query_seconds histogram\n");
        var below = 0L;
        for (var i = 0; i <= Bounds.Length; i++)
        {
            below += Volatile.Read(ref _buckets[i]);
            var bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            text.Append(CultureInfo.InvariantCulture, $"quern_query_seconds_bucket{{le=\"{bound}\"}} {below}\n");
        }
        var seconds = new TimeSpan(Volatile.Read(ref _ticks)).TotalSeconds;
        text.Append(CultureInfo.InvariantCulture, $"quern_query_seconds_sum {seconds}\nquern_query_seconds_count {below}\n");
        return text.ToString();
    }

    static string Label(string value) => value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
