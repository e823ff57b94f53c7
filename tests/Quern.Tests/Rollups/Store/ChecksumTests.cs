using Quern.Rollups.Store;

namespace Quern.Tests.Rollups.Store;

public sealed class ChecksumTests
{
    [Fact]
    public void Any_bit_changes_it()
    {
        var random = new Random(5);
        for (var length = 0; length < 200; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            var sums = new HashSet<ulong> { Checksum.Of(bytes) };
            for (var bit = 0; bit < 8 * length; bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.True(sums.Add(Checksum.Of(bytes)), $"bit {bit} of {length} bytes");
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }

    [Fact]
    public void Zeros_that_are_added_change_it() =>
        Assert.Equal(300, Enumerable.Range(0, 300).Select(n => Checksum.Of(new byte[n])).Distinct().Count());

    [Fact]
    public void It_stays_what_it_is() => Assert.Equal(1052469037494366106UL, Checksum.Of("Quern grinds big columnar files into small tables"u8));
}
