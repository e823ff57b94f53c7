namespace Quern.Bench.Months;

/// <summary>Rows of <c>ocp_node_label</c> or <c>ocp_namespace_label</c>: one row an hour and node or namespace.</summary>
sealed class LabelReport : Report
{
    readonly Cluster _cluster;
    readonly (byte[] Name, LabelHistory Labels)[] _things;
    readonly bool _nodes;
    readonly int _end;
    int _hour;
    int _thing;

    LabelReport(Cluster cluster, bool nodes, (byte[], LabelHistory)[] things, int index, int count)
    {
        _cluster = cluster;
        _nodes = nodes;
        _things = things;
        _hour = cluster.Plan.Hours * index / count;
        _end = cluster.Plan.Hours * (index + 1) / count;
    }

    public override ReadOnlySpan<byte> Header => _nodes
        ? "report_period_start,report_period_end,interval_start,interval_end,node,node_labels\n"u8
        : "report_period_start,report_period_end,interval_start,interval_end,namespace,namespace_labels\n"u8;

    /// <summary>The report on nodes; a file holds a range of hours.</summary>
    public static LabelReport OfNodes(Cluster cluster, int index, int count) =>
        new(cluster, true, [.. cluster.Nodes.Select(node => (node.StorageIdentity, node.Labels))], index, count);

    /// <summary>The report on namespaces; a file holds a range of hours.</summary>
    public static LabelReport OfNamespaces(Cluster cluster, int index, int count) =>
        new(cluster, false, [.. cluster.Namespaces.Select(space => (space.Prefix, space.Labels))], index, count);

    public override long Fill(RowBuffer buffer, long mostRows)
    {
        var rows = 0L;
        for (; _hour < _end; _hour++)
        {
            for (; _thing < _things.Length; _thing++)
            {
                if (rows == mostRows || !buffer.HasRoom) return rows;
                buffer.Add(_cluster.HourHeads[_hour]);
                buffer.Add(_things[_thing].Name);
                buffer.Add(_things[_thing].Labels.At(_hour));
                buffer.Add((byte)'\n');
                rows++;
            }
            _thing = 0;
        }
        return rows;
    }
}
