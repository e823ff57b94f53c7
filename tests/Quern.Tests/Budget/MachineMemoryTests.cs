using Quern.Budget;

namespace Quern.Tests.Budget;

public class MachineMemoryTests
{
    const string MemInfo = "MemTotal:       24684096 kB\nMemFree:        23349456 kB\n";
    const long Total = 24_684_096L * 1024;

    static MachineMemory Read(params (string Path, string Text)[] files) =>
        MachineMemory.TryRead(path => files.Prepend(("/proc/meminfo", MemInfo)).FirstOrDefault(file => file.Item1 == path).Item2)!;

    [Fact]
    public void Takes_the_machine_when_no_group_bounds_the_process() => Assert.Equal(new MachineMemory(Total, null), Read());

    [Fact]
    public void Takes_the_limit_of_a_version_2_group() => Assert.Equal(512_000_000, Read(
        ("/proc/self/cgroup", "0::/jobs/one\n"),
        ("/sys/fs/cgroup/jobs/one/memory.max", "512000000\n")).GroupLimitBytes);

    [Fact]
    public void Takes_the_limit_of_a_parent_when_it_is_tighter() => Assert.Equal(300_000_000, Read(
        ("/proc/self/cgroup", "0::/jobs/one\n"),
        ("/sys/fs/cgroup/jobs/one/memory.max", "max\n"),
        ("/sys/fs/cgroup/jobs/memory.max", "300000000\n"),
        ("/sys/fs/cgroup/memory.max", "900000000\n")).GroupLimitBytes);

    [Fact]
    public void Takes_the_mounted_root_in_a_container_that_sees_the_path_of_its_host() => Assert.Equal(1_000_000_000, Read(
        ("/proc/self/cgroup", "9:name=systemd:/\n4:cpuset,memory:/kube/pod7/c1\n0::/\n"),
        ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "1000000000\n")).GroupLimitBytes);

    [Fact]
    public void Ignores_the_number_that_means_no_limit_in_version_1() => Assert.Null(Read(
        ("/proc/self/cgroup", "4:memory:/\n"),
        ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n")).GroupLimitBytes);

    [Fact]
    public void Allows_sixty_percent_by_default_in_whole_megabytes()
    {
        Assert.Equal(new MemorySize(15_165_000_000), Read().DefaultLimit);
        Assert.Equal(new MemorySize(307_000_000), new MachineMemory(Total, 512_000_000).DefaultLimit);
    }

    [Fact]
    public void Knows_nothing_when_the_machine_does_not_tell() => Assert.Null(MachineMemory.TryRead(_ => null));

    [Fact]
    public void Finds_a_plausible_amount_on_this_machine() =>
        Assert.InRange(MachineMemory.Read().AllowedBytes, 100_000_000, 100_000_000_000_000);
}
