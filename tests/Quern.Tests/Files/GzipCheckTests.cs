using System.Globalization;
using System.Text;
using Quern.Files;

namespace Quern.Tests.Files;

public sealed class GzipCheckTests : IDisposable
{
    static readonly byte[] Content = Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{i},{i * 7919L % 10007}\n")));
    static readonly byte[] Zipped = ScratchFolder.Gzip(Content);

    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_complete_file_is_complete()
    {
        Assert.Equal(new GzipCheck(Zipped.Length, Content.Length, null), Check(Zipped));
        Assert.Equal(new GzipCheck(Zipped.Length * 2, Content.Length * 2, null), Check([.. Zipped, .. Zipped]));
        var empty = ScratchFolder.Gzip([]);
        Assert.Equal(new GzipCheck(empty.Length, 0, null), Check(empty));
        Assert.Equal(new GzipCheck(empty.Length + Zipped.Length, Content.Length, null), Check([.. Zipped, .. empty]));
    }

    [Fact]
    public void A_file_cut_short_at_any_byte_is_cut_short()
    {
        var small = ScratchFolder.Gzip(Content.AsSpan(0, 400));
        for (var length = 0; length < small.Length; length++)
        {
            var check = Check(small.AsSpan(0, length));
            Assert.True(check.Fault is not null, string.Create(CultureInfo.InvariantCulture, $"cut at {length}"));
            Assert.Equal(("QN2010", (long)length), (check.Fault!.Code, check.CompressedBytes));
        }
        foreach (var length in Enumerable.Range(1, 40).Select(i => i * (Zipped.Length / 41)).Append(Zipped.Length - 1))
        {
            var fault = Check(Zipped.AsSpan(0, length)).Fault!;
            Assert.Equal(string.Create(CultureInfo.InvariantCulture,
                $"error QN2010: the gzip file is cut short\n  where   a.gz, ends at byte {length:N0}\n") +
                "  try     fetch or write the file again\n" +
                    "          gzip -dc a.gz > rescued.csv   what is left of it", fault.ToString());
        }
    }

    [Fact]
    public void A_later_member_cut_short_is_cut_short()
    {
        var small = ScratchFolder.Gzip(Content.AsSpan(0, 400));
        // With one byte of the second member the first is followed by something that is not yet gzip.
        for (var length = 1; length < small.Length; length++)
            Assert.Equal("QN2010", Check([.. small, .. small.AsSpan(0, length)]).Fault?.Code);
    }

    [Fact]
    public void A_changed_bit_is_damage()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            // Not in the header, which holds a time and a system that nothing checks.
            var at = i < 8 ? Zipped.Length - 1 - i : random.Next(10, Zipped.Length);
            var damaged = (byte[])Zipped.Clone();
            damaged[at] ^= (byte)(1 << random.Next(8));
            var check = Check(damaged);
            Assert.True(check.Fault?.Code is "QN2010" or "QN2011", $"byte {at}: {check}");
        }
    }

    [Fact]
    public void Something_else_behind_the_end_is_not_passed_over()
    {
        Assert.Equal("error QN2012: something that is not gzip follows the gzip data\n" +
            "  where   a.gz, before byte 44\n" +
            "  try     compress the whole file again\n          gzip -t a.gz   says the same",
            Check([.. ScratchFolder.Gzip("id,name\n"u8), .. "1,Ann\n2,Bo\n3,Cy\n"u8]).Fault!.ToString());
        Assert.Equal("QN2012", Check([.. Zipped, .. Content]).Fault?.Code);
    }

    [Fact]
    public void Content_comes_out_whole()
    {
        using var input = new GzipInput(_scratch.Write("a.gz", [.. Zipped, .. Zipped]));
        var content = new MemoryStream();
        input.CopyTo(content, 777);
        Assert.True(content.ToArray().AsSpan().SequenceEqual((byte[])[.. Content, .. Content]));
    }

    GzipCheck Check(ReadOnlySpan<byte> bytes) => GzipCheck.Run(_scratch.Write("a.gz", bytes), "a.gz");
}
