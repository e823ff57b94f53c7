// The cluster of a month. Pods grow with the rows; nodes, namespaces, label sets and volumes grow too, but up to a cap, and
// a label set ("workload") lives in one namespace and on three nodes. So the number of summary groups a day is at most
// 3 x label sets however many rows there are, and 1,000 label sets give about the published ratio of 1 M rows to 41,600
// groups. More label sets than pods are spread over the days: pods change their labels at midnight, as rollouts do.
using System.Text;

namespace Quern.Bench.Months;

/// <summary>Everything that has a name in a month: nodes, namespaces, label sets, pods, volumes.</summary>
sealed class Cluster
{
    readonly List<Pod> _pods = [];
    readonly int[] _labelOffset;
    readonly int _workloads;
    readonly int _workers;

    /// <summary>Builds the cluster; the pods' hours add up to exactly the rows that the plan asks for.</summary>
    public Cluster(MonthPlan plan)
    {
        Plan = plan;
        var pods = plan.NominalPods;
        Nodes = new Node[Math.Clamp(pods / 12, Math.Min(3, plan.Nodes), plan.Nodes)];
        _workers = Nodes.Length < 8 ? 1 : 3 + 1 + (Nodes.Length / 20);
        for (var i = 0; i < Nodes.Length; i++) Nodes[i] = new(plan, i, Role(i));
        Namespaces = new Namespace[Math.Clamp(pods / 20, Math.Min(5, plan.Namespaces), plan.Namespaces)];
        for (var i = 0; i < Namespaces.Length; i++) Namespaces[i] = new(plan, i);
        LabelSets = new(plan.Seed, (int)Math.Min(plan.LabelSets, (long)pods * plan.Days));
        _workloads = Math.Min(LabelSets.Count, pods);
        _labelOffset = LabelOffsets();
        var volumes = Math.Min(plan.Volumes, Math.Max(1, pods / 3));
        AddPods(volumes == 0 ? int.MaxValue : pods / volumes);
        Volumes = new Volume[volumes];
        for (var i = 0; i < volumes; i++) Volumes[i] = new(plan, i, this, pods / volumes * i);
        HourHeads = Heads();
    }

    public MonthPlan Plan { get; }

    public Node[] Nodes { get; }

    public Namespace[] Namespaces { get; }

    public LabelSets LabelSets { get; }

    public IReadOnlyList<Pod> Pods => _pods;

    public Volume[] Volumes { get; }

    /// <summary>The four time cells of each hour, each followed by a comma.</summary>
    public byte[][] HourHeads { get; }

    /// <summary>The pod's label string at an hour.</summary>
    public ReadOnlySpan<byte> Labels(Pod pod, int hour)
    {
        var set = pod.Workload + _labelOffset[hour];
        return LabelSets[set < LabelSets.Count ? set : pod.Workload];
    }

    string Role(int node) => Nodes.Length switch
    {
        < 8 => node == 0 ? "master" : "worker",
        _ => node < 3 ? "master" : node < _workers ? "infra" : "worker",
    };

    int[] LabelOffsets()
    {
        var rounds = (LabelSets.Count + _workloads - 1) / _workloads;
        var offsets = new int[Plan.Hours];
        for (var hour = 0; hour < offsets.Length; hour++) offsets[hour] = hour / 24 * rounds / Plan.Days * _workloads;
        return offsets;
    }

    void AddPods(int volumeStride)
    {
        for (var left = Plan.Rows; left > 0;)
        {
            var pod = CreatePod(_pods.Count, (int)Math.Min(left, Plan.Hours), _pods.Count % volumeStride == 0);
            left -= pod.End - pod.Start;
            _pods.Add(pod);
        }
    }

    Pod CreatePod(int index, int mostHours, bool hasVolume)
    {
        var draw = new Draw(Plan.Seed, Topic.Pod, index);
        var workload = index % _workloads;
        var original = LabelSets.Original(workload);
        var home = new Draw(Plan.Seed, Topic.Workload, original);
        // Squared: a few namespaces hold most pods.
        var place = home.Below(1 << 15);
        var ns = Namespaces[(int)((long)place * place * Namespaces.Length >> 30)];
        var firstNode = ns.IsPlatform ? 0 : Math.Min(_workers, Nodes.Length - 1);
        var pool = Nodes.AsSpan(firstNode);
        var node = home.Below(pool.Length);
        var replica = index / _workloads;
        var first = pool[(node + (replica % 3)) % pool.Length];

        var (start, end) = Life(mostHours, ref draw);
        var moves = draw.OneIn(25) && end - start > 2;
        var waits = draw.OneIn(200);
        var name = hasVolume || moves
            ? $"{LabelSets.App(workload)}-{replica}"
            : $"{LabelSets.App(workload)}-{draw.Hex(9)}-{draw.Hex(5)}";
        var pod = new Pod
        {
            Index = index,
            Namespace = ns,
            Name = name,
            Start = start,
            End = end,
            First = first,
            Second = moves ? pool[(node + ((replica + 1) % 3)) % pool.Length] : first,
            MoveHour = moves ? start + 1 + draw.Below(end - start - 1) : int.MaxValue,
            ScheduledHour = waits ? start + 1 + draw.Below(3) : start,
            Workload = workload,
            Identity = Encoding.UTF8.GetBytes($"{name},{ns.Name},"),
            StorageIdentity = Encoding.UTF8.GetBytes($"{ns.Name},{name},"),
        };
        pod.Size(ref draw);
        return pod;
    }

    // One pod in twenty runs only part of the month. The last pod has as many hours as are left.
    (int Start, int End) Life(int mostHours, ref Draw draw)
    {
        if (!draw.OneIn(20)) return (0, mostHours);
        var start = draw.Below(Plan.Hours);
        return (start, start + Math.Min(mostHours, 1 + draw.Below(Plan.Hours - start)));
    }

    byte[][] Heads()
    {
        var heads = new byte[Plan.Hours][];
        var start = Plan.Month.ToDateTime(default);
        var period = $"{Stamp(start)},{Stamp(start.AddMonths(1))}";
        for (var hour = 0; hour < heads.Length; hour++)
        {
            var from = start.AddHours(hour);
            heads[hour] = Encoding.UTF8.GetBytes($"{period},{Stamp(from)},{Stamp(from.AddSeconds(3599))},");
        }
        return heads;

        static string Stamp(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss' +0000 UTC'", null);
    }
}
