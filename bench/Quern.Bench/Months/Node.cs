using System.Text;

namespace Quern.Bench.Months;

/// <summary>A machine of the cluster.</summary>
sealed class Node
{
    static readonly int[] CoreSizes = [8, 16, 16, 32, 48, 64];

    readonly byte[][] _capacity;

    /// <param name="plan">The month.</param>
    /// <param name="index">Which node; the first ones are masters, then infra, then workers.</param>
    /// <param name="role"><c>master</c>, <c>infra</c> or <c>worker</c>.</param>
    public Node(MonthPlan plan, int index, string role)
    {
        var draw = new Draw(plan.Seed, Topic.Node, index);
        Role = role;
        Name = $"ip-10-0-{index / 200}-{(index % 200) + 10}.ec2.internal";
        ResourceId = "i-" + draw.Hex(10) + index.ToString("x7", null);
        Cores = draw.Of<int>(CoreSizes);
        MemoryBytes = (long)Cores * draw.Of<int>([2, 4, 4, 8]) << 30;
        Identity = Encoding.UTF8.GetBytes($"{Name},{ResourceId},");
        StorageIdentity = Encoding.UTF8.GetBytes($"{Name},");
        Labels = NodeLabels(plan, index, ref draw);
        _capacity = Capacities(plan, index);
    }

    public string Name { get; }

    public string ResourceId { get; }

    public string Role { get; }

    public int Cores { get; }

    public long MemoryBytes { get; }

    /// <summary><c>node,resource_id,</c> of a pod row.</summary>
    public byte[] Identity { get; }

    /// <summary><c>node,</c> of a storage row.</summary>
    public byte[] StorageIdentity { get; }

    /// <summary>The node's label string over the month.</summary>
    public LabelHistory Labels { get; }

    /// <summary>The four capacity cells, each followed by a comma; the same on every row of the node and hour.</summary>
    public ReadOnlySpan<byte> Capacity(int hour) => _capacity[hour];

    LabelHistory NodeLabels(MonthPlan plan, int index, ref Draw draw)
    {
        var zone = draw.Of(Words.Zones);
        var role = Role == "worker" ? "" : $"|label_node_role_kubernetes_io:{Role}";
        var hour = (24 * draw.Below(plan.Days)) + 9;
        return (index % 25) switch
        {
            // Enabled key: the day has two label sets and every pod row of it counts in both.
            3 => new(Text(zone, "5.14.0"), Text("us-east-1d", "5.14.0"), hour),
            // Key that is not enabled: nothing changes for the summary.
            8 => new(Text(zone, "5.14.0"), Text(zone, "5.14.1"), hour),
            _ => new(Text(zone, "5.14.0"), "", int.MaxValue),
        };

        string Text(string zone, string kernel) =>
            $"label_kubernetes_io_arch:amd64|label_zone:{zone}|label_kernel:{kernel}{role}";
    }

    byte[][] Capacities(MonthPlan plan, int index)
    {
        var full = Cells(3600);
        var hours = new byte[plan.Hours][];
        for (var hour = 0; hour < hours.Length; hour++)
        {
            // One hour in a hundred the node was not up for all 60 minutes.
            var draw = new Draw(plan.Seed, Topic.CapacityHour, ((long)index << 32) + hour);
            hours[hour] = draw.OneIn(100) ? Cells(60 * (5 + draw.Below(55))) : full;
        }
        return hours;

        byte[] Cells(long seconds) =>
            Encoding.UTF8.GetBytes($"{Cores},{Cores * seconds},{MemoryBytes},{MemoryBytes * seconds},");
    }
}
