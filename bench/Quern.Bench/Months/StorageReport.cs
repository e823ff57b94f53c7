namespace Quern.Bench.Months;

/// <summary>Rows of <c>ocp_storage_usage</c>: 18 columns, one row an hour for each running pod that mounts a volume.</summary>
/// <param name="cluster">The month.</param>
/// <param name="index">Which of the files; a file holds a range of hours.</param>
/// <param name="count">How many files there are.</param>
sealed class StorageReport(Cluster cluster, int index, int count) : Report
{
    readonly int _end = cluster.Plan.Hours * (index + 1) / count;
    int _hour = cluster.Plan.Hours * index / count;
    int _volume;
    int _mount;

    public override ReadOnlySpan<byte> Header =>
        "report_period_start,report_period_end,interval_start,interval_end,namespace,pod,node,"u8 +
        "persistentvolumeclaim,persistentvolume,storageclass,csi_driver,csi_volume_handle,"u8 +
        "persistentvolumeclaim_capacity_bytes,persistentvolumeclaim_capacity_byte_seconds,"u8 +
        "volume_request_storage_byte_seconds,persistentvolumeclaim_usage_byte_seconds,"u8 +
        "persistentvolume_labels,persistentvolumeclaim_labels\n"u8;

    public override long Fill(RowBuffer buffer, long mostRows)
    {
        var rows = 0L;
        for (; _hour < _end; _hour++)
        {
            for (; _volume < cluster.Volumes.Length; _volume++)
            {
                var volume = cluster.Volumes[_volume];
                var mounts = Math.Max(1, volume.Mounts.Length);
                for (; _mount < mounts; _mount++)
                {
                    if (rows == mostRows || !buffer.HasRoom) return rows;
                    rows += Row(buffer, volume);
                }
                _mount = 0;
            }
            _volume = 0;
        }
        return rows;
    }

    int Row(RowBuffer buffer, Volume volume)
    {
        var pod = _mount < volume.Mounts.Length ? volume.Mounts[_mount] : null;
        if (pod is not null && (_hour < pod.Start || _hour >= pod.End)) return 0;
        buffer.Add(cluster.HourHeads[_hour]);
        if (pod is not null)
        {
            buffer.Add(pod.StorageIdentity);
            buffer.Add(pod.NodeAt(_hour).StorageIdentity);
        }
        else
        {
            buffer.Add(volume.IsClaimed ? volume.StrangerIdentity : ",,"u8);
            buffer.Add((byte)',');
        }
        buffer.Add(volume.Description);
        if (volume.IsClaimed)
        {
            // Fuller by the day, with some noise; in units of 1/4096 of the capacity.
            var noise = new Draw(cluster.Plan.Seed, Topic.VolumeHour, ((long)volume.Index << 20) + _hour).Next();
            var used = 400 + (volume.Index * 37 % 2000) + _hour + (int)(noise & 63);
            buffer.Add((volume.CapacityByteSeconds / 4096 * used) + (long)(noise >> 56));
            buffer.Add(".0"u8);
        }
        buffer.Add(volume.Labels);
        return 1;
    }
}
