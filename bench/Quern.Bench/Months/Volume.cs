using System.Text;

namespace Quern.Bench.Months;

/// <summary>A persistent volume and who mounts it: mostly one pod; a few nobody, two pods, or a pod that no report knows.</summary>
sealed class Volume
{
    static readonly (string Class, string Driver)[] Drivers =
    [
        ("gp3-csi", "ebs.csi.aws.com"), ("gp3-csi", "ebs.csi.aws.com"), ("gp2", "ebs.csi.aws.com"),
        ("ocs-rbd", "openshift-storage.rbd.csi.ceph.com"), ("efs-sc", "efs.csi.aws.com"),
    ];
    static readonly int[] Gibibytes = [1, 5, 10, 10, 20, 50, 100, 250, 500];

    /// <param name="plan">The month.</param>
    /// <param name="index">Which volume.</param>
    /// <param name="cluster">Its pods.</param>
    /// <param name="podIndex">The pod that mounts it.</param>
    public Volume(MonthPlan plan, int index, Cluster cluster, int podIndex)
    {
        Index = index;
        var draw = new Draw(plan.Seed, Topic.Volume, index);
        var pod = cluster.Pods[podIndex];
        var capacity = (long)draw.Of<int>(Gibibytes) << 30;
        CapacityByteSeconds = capacity * 3600;
        var (storageClass, driver) = draw.Of<(string, string)>(Drivers);
        var tier = draw.OneIn(2) ? "gold" : "silver";
        var volume = $"pvc-{draw.Hex(8)}-{draw.Hex(4)}-{index:x}";
        var claim = $"data-{pod.Name}";
        var mounts = new List<Pod>();
        switch (index % 50)
        {
            case 7:
                claim = "";
                break;
            case 17:
                StrangerIdentity = Encoding.UTF8.GetBytes($"{pod.Namespace.Name},vanished-{index},");
                break;
            case 11 or 31:
                mounts.Add(pod);
                if (Neighbour(cluster, pod) is { } other) mounts.Add(other);
                break;
            default:
                mounts.Add(pod);
                break;
        }
        Mounts = [.. mounts];
        var described = $"{claim},{volume},{storageClass},{driver},vol-{draw.Hex(16)},{capacity}.0,{capacity * 3600}.0,";
        IsClaimed = claim.Length > 0;
        Description = Encoding.UTF8.GetBytes(IsClaimed ? $"{described}{capacity * 3600}," : $"{described},");
        var claimLabels = IsClaimed ? $"label_app:{pod.Name}|label_storage_tier:{tier}" : "";
        Labels = Encoding.UTF8.GetBytes($",label_storage_tier:{tier}|label_provisioner:{driver},{claimLabels}\n");
    }

    /// <summary>Position in the month, by which its random numbers are drawn.</summary>
    public int Index { get; }

    /// <summary>Pods that mount it; a row for each of them that runs. Empty for an unclaimed one.</summary>
    public Pod[] Mounts { get; }

    /// <summary>False when nobody claimed it.</summary>
    public bool IsClaimed { get; }

    /// <summary><c>namespace,pod,</c> of a claim whose pod is in no pod report; empty otherwise.</summary>
    public byte[] StrangerIdentity { get; } = [];

    /// <summary>Capacity times an hour: the most that can be used.</summary>
    public long CapacityByteSeconds { get; }

    /// <summary>From the claim to the request, each cell followed by a comma.</summary>
    public byte[] Description { get; }

    /// <summary>The comma after the usage, both label cells and the end of the line.</summary>
    public byte[] Labels { get; }

    // The next pod of the namespace that starts on another node, as two replicas of one workload do.
    static Pod? Neighbour(Cluster cluster, Pod pod)
    {
        var last = Math.Min(cluster.Pods.Count, pod.Index + 5_000);
        for (var i = pod.Index + 1; i < last; i++)
        {
            var other = cluster.Pods[i];
            if (other.Namespace == pod.Namespace && other.First != pod.First) return other;
        }
        return null;
    }
}
