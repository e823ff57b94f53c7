using System.Runtime.InteropServices;
using Quern.Budget;
using Quern.Tests.Duck;

namespace Quern.Tests.Budget;

[Collection(nameof(Alone))]
public class ResidentMemoryTests
{
    [Fact]
    public void Reads_the_two_lines_of_the_kernel() => Assert.Equal(
        new ResidentMemory(1_748 * 1024, 2_000 * 1024),
        ResidentMemory.Parse("Name:\tquern\nVmPeak:\t    2928 kB\nVmHWM:\t    2000 kB\nVmRSS:\t    1748 kB\n"));

    [Fact]
    public void Takes_what_is_resident_as_the_peak_when_the_kernel_keeps_none() =>
        Assert.Equal(new ResidentMemory(2048, 2048), ResidentMemory.Parse("VmRSS:\t       2 kB\n"));

    [Fact]
    public void Sees_pages_that_this_process_touches()
    {
        // Not from the heap: the collector may hold as many resident pages that are free.
        const int Bytes = 64 << 20;
        var before = ResidentMemory.Read();
        var pages = Marshal.AllocHGlobal(Bytes);
        for (var i = 0; i < Bytes; i += 4096) Marshal.WriteByte(pages, i, 1);
        var after = ResidentMemory.Read();
        Marshal.FreeHGlobal(pages);
        Assert.InRange(after.Bytes - before.Bytes, 32 << 20, 512 << 20);
        Assert.InRange(after.PeakBytes, after.Bytes, long.MaxValue);
    }
}
