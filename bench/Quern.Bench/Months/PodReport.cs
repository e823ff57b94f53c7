namespace Quern.Bench.Months;

/// <summary>Rows of <c>ocp_pod_usage</c>: 19 columns, one row a pod and hour.</summary>
sealed class PodReport : Report
{
    static readonly int[] HourWeight =
    [
        500, 460, 430, 420, 430, 480, 600, 800, 1000, 1150, 1250, 1300,
        1280, 1300, 1320, 1300, 1250, 1180, 1080, 980, 880, 780, 680, 580,
    ];

    readonly Cluster _cluster;
    readonly bool _byHour;
    readonly int _outerEnd;
    readonly int _innerEnd;
    readonly ulong _seed;
    int _outer;
    int _inner;

    /// <param name="cluster">The month.</param>
    /// <param name="index">Which of the files; a file holds a range of hours, or of pods when rows are ordered by pod.</param>
    /// <param name="count">How many files there are.</param>
    public PodReport(Cluster cluster, int index, int count)
    {
        _cluster = cluster;
        _byHour = cluster.Plan.Order == RowOrder.Hour;
        var outer = _byHour ? cluster.Plan.Hours : cluster.Pods.Count;
        _outer = (int)((long)outer * index / count);
        _outerEnd = (int)((long)outer * (index + 1) / count);
        _innerEnd = _byHour ? cluster.Pods.Count : cluster.Plan.Hours;
        _seed = Draw.Mix(cluster.Plan.Seed + (ulong)Topic.PodHour);
    }

    public override ReadOnlySpan<byte> Header =>
        "report_period_start,report_period_end,interval_start,interval_end,pod,namespace,node,resource_id,"u8 +
        "pod_usage_cpu_core_seconds,pod_request_cpu_core_seconds,pod_limit_cpu_core_seconds,"u8 +
        "pod_usage_memory_byte_seconds,pod_request_memory_byte_seconds,pod_limit_memory_byte_seconds,"u8 +
        "node_capacity_cpu_cores,node_capacity_cpu_core_seconds,"u8 +
        "node_capacity_memory_bytes,node_capacity_memory_byte_seconds,pod_labels\n"u8;

    public override long Fill(RowBuffer buffer, long mostRows)
    {
        var rows = 0L;
        for (; _outer < _outerEnd; _outer++)
        {
            for (; _inner < _innerEnd; _inner++)
            {
                if (rows == mostRows || !buffer.HasRoom) return rows;
                var (hour, pod) = _byHour ? (_outer, _inner) : (_inner, _outer);
                rows += Row(buffer, hour, _cluster.Pods[pod]);
            }
            _inner = 0;
        }
        return rows;
    }

    int Row(RowBuffer buffer, int hour, Pod pod)
    {
        if (hour < pod.Start || hour >= pod.End) return 0;
        var random = Draw.Mix(_seed + ((ulong)pod.Index << 20) + (ulong)hour);
        var more = Draw.Mix(random);
        // Rare cases share 12 bits: each value below is one row in 4,096.
        var rare = (int)(more >> 52);
        var node = pod.NodeAt(hour);

        buffer.Add(_cluster.HourHeads[hour]);
        buffer.Add(pod.Identity);
        if (hour < pod.ScheduledHour || rare == 0) buffer.Add(",,"u8);
        else buffer.Add(node.Identity);

        var weight = HourWeight[hour % 24] + (int)(random & 511);
        if (rare is not 1 and not 2) AddCpu(buffer, pod.CpuMilliseconds * weight / 1024, random >> 9, more);
        buffer.Add((byte)',');
        buffer.Add(pod.CpuAsked);
        weight = 768 + (int)(more & 511);
        if (rare is not 3 and not 4) AddMemory(buffer, pod.MemoryByteSeconds / 1024 * weight, more >> 9, random);
        buffer.Add((byte)',');
        if (rare == 5) buffer.Add(",,"u8);
        else buffer.Add(pod.MemoryAsked);

        buffer.Add(node.Capacity(hour));
        buffer.Add(_cluster.Labels(pod, hour));
        buffer.Add((byte)'\n');
        return 1;
    }

    // Digits as in reference reports: three values in four have 6 to 9 significant ones, the fourth 16 or 17.
    static void AddCpu(RowBuffer buffer, long milliseconds, ulong random, ulong tail)
    {
        var (seconds, rest) = Math.DivRem(milliseconds, 1000);
        buffer.Add(seconds);
        buffer.Add((byte)'.');
        buffer.AddPadded((ulong)rest, 3);
        switch (random & 3)
        {
            case 0:
                buffer.AddPadded(tail % 10_000_000_000, 10);
                break;
            case 1:
                buffer.AddPadded(tail % 100, 2);
                break;
            default:
                break;
        }
    }

    // Byte seconds have 12 to 15 digits before the point; one value in four has two or three behind it.
    static void AddMemory(RowBuffer buffer, long byteSeconds, ulong random, ulong tail)
    {
        buffer.Add(byteSeconds + (long)(tail & 4095));
        buffer.Add((byte)'.');
        if ((random & 3) == 0) buffer.AddPadded(tail % 1000, 3);
        else buffer.Add((byte)'0');
    }
}
