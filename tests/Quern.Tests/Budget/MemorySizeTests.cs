using Quern.Budget;

namespace Quern.Tests.Budget;

public class MemorySizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("65536", 65_536)]
    [InlineData("65536B", 65_536)]
    [InlineData("512MB", 512_000_000)]
    [InlineData("512mb", 512_000_000)]
    [InlineData("512 MB", 512_000_000)]
    [InlineData("512m", 512_000_000)]
    [InlineData("500MiB", 524_288_000)]
    [InlineData("1GB", 1_000_000_000)]
    [InlineData("1.5GiB", 1_610_612_736)]
    [InlineData("2Gi", 2_147_483_648)]
    [InlineData(".5kB", 500)]
    [InlineData("1TB", 1_000_000_000_000)]
    [InlineData(" 7 ", 7)]
    public void Reads_a_number_with_or_without_a_unit(string text, long bytes) =>
        Assert.Equal(bytes, MemorySize.Parse(text, "--memory").Bytes);

    [Theory]
    [InlineData("")]
    [InlineData("GB")]
    [InlineData("much")]
    [InlineData("-1GB")]
    [InlineData("1,5GB")]
    [InlineData("1.5.2GB")]
    [InlineData("1/2GB")]
    [InlineData("1GBB")]
    [InlineData("1GiBit")]
    [InlineData("1 G B")]
    [InlineData("1PB")]
    [InlineData("1e9")]
    [InlineData("9223373TB")]
    public void Refuses_what_is_not_an_amount(string text) => Assert.False(MemorySize.TryParse(text, out _));

    [Fact]
    public void Says_what_an_amount_looks_like()
    {
        var fault = Assert.Throws<QuernException>(() => MemorySize.Parse("lots", "--memory")).Fault;
        Assert.Equal(ExitCode.Usage, fault.ExitCode);
        Assert.Equal(
            "error QN1010: not an amount of memory\n" +
            "  where   --memory\n" +
            "  value   \"lots\"\n" +
            "  wanted  a number of bytes, or a number with kB, MB, GB, TB, KiB, MiB, GiB or TiB\n" +
            "  try     512MB     512,000,000 bytes\n" +
            "          1.5GiB    1,610,612,736 bytes",
            fault.ToString());
    }

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(999, "999 bytes")]
    [InlineData(1_000, "1 kB")]
    [InlineData(1_610_612_736, "1.61 GB")]
    [InlineData(402_300_000, "402 MB")]
    [InlineData(40_230_000, "40.2 MB")]
    [InlineData(9_996_000, "10 MB")]
    [InlineData(999_600_000, "1 GB")]
    [InlineData(long.MaxValue, "9223372 TB")]
    public void Prints_three_digits_and_a_unit(long bytes, string text) => Assert.Equal(text, new MemorySize(bytes).ToString());
}
