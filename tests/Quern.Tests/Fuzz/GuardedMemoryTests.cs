using System.Globalization;
using Quern.Csv.Blocks;
using Quern.Fuzz.Csv;

namespace Quern.Tests.Fuzz;

public sealed unsafe class GuardedMemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(1 << 20)]
    public void Behind_the_margin_nothing_may_be_read(int bytes)
    {
        using var memory = new GuardedMemory(bytes);
        Check(memory, bytes);
        if (bytes > 0) memory.Span(bytes - 1, 1)[0] = 7;
        memory.Grow(bytes + 3000);
        Check(memory, bytes + 3000);
        if (bytes > 0) Assert.Equal(7, memory.Span(bytes - 1, 1)[0]);
    }

    [Fact]
    public void What_was_not_loaded_is_no_zero()
    {
        using var memory = new GuardedMemory(100);
        memory.Grow(200);
        Assert.DoesNotContain((byte)0, memory.Span(0, 200).ToArray());
    }

    static void Check(GuardedMemory memory, int bytes)
    {
        Assert.Equal(bytes, memory.Bytes);
        var end = (ulong)(nint)(memory.First + bytes + BlockMemory.Margin);
        Assert.Equal("---p", Access(end));
        Assert.Equal("rw-p", Access(end - 1));
    }

    /// <summary>What the process may do with a byte.</summary>
    static string? Access(ulong at)
    {
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            var parts = line.Split(' ', '-');
            var (from, to) = (Number(parts[0]), Number(parts[1]));
            if (at >= from && at < to) return line.Split(' ')[1];
        }
        return null;
    }

    static ulong Number(string hex) => ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
