using System.Text;
using Quern.Duck;
using Quern.Files;

namespace Quern.Tests.Files;

public sealed class ZstdInputTests : IDisposable
{
    /// <summary>"a,b\n1,2\n" as the zstd command 1.5.4 writes it, with and without checksum.</summary>
    const string Foreign = "28b52ffd0458410000612c620a312c320a35e7cace";
    const string ForeignUnchecked = "28b52ffd0058410000612c620a312c320a";

    readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Foreign)]
    [InlineData(ForeignUnchecked)]
    public void Reads_what_the_zstd_command_wrote(string frame) => Assert.Equal("a,b\n1,2\n", Text(Convert.FromHexString(frame)));

    [Fact]
    public void Frames_one_after_the_other_are_one_content_and_skippable_ones_are_passed_over()
    {
        var skippable = Convert.FromHexString("502a4d1803000000414243");
        var frame = Convert.FromHexString(Foreign);
        Assert.Equal("a,b\n1,2\na,b\n1,2\n", Text([.. skippable, .. frame, .. skippable, .. frame]));
        Assert.Equal("", Text(skippable));
    }

    [Fact]
    public void Reads_content_of_many_buffers_in_reads_of_any_size()
    {
        const int Seed = 7;
        var random = new Random(Seed);
        var content = new byte[3_000_000];
        random.NextBytes(content.AsSpan(0, 1_000_000));
        var path = _folder.Write("a.zst", Compressed(content));
        using var input = new ZstdInput(path);
        var read = new MemoryStream();
        var buffer = new byte[200_000];
        while (input.Read(buffer.AsSpan(0, random.Next(1, buffer.Length))) is > 0 and var count) read.Write(buffer, 0, count);
        Assert.True(content.AsSpan().SequenceEqual(read.ToArray()), $"seed {Seed}: the content differs");
        Assert.Equal(content.Length, input.ContentBytes);
        Assert.Equal(new FileInfo(path).Length, input.CompressedBytes);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var frame = Convert.FromHexString(Foreign);
        for (var length = 0; length < frame.Length; length++)
        {
            var fault = Assert.Throws<QuernException>(() => Text(frame[..length])).Fault;
            Assert.Equal("QN2010", fault.Code);
        }
    }

    [Fact]
    public void A_cut_file_is_named_with_its_length()
    {
        var path = _folder.Write("a.zst", Convert.FromHexString(Foreign).AsSpan(0, 12));
        var fault = Assert.Throws<QuernException>(() => Read(path)).Fault;
        Assert.Equal(
            """
            error QN2010: the zstd file is cut short
              where   a.zst, ends at byte 12
              try     fetch or write the file again
                      zstd -dc a.zst > rescued.csv   what is left of it
            """,
            fault.ToString());
    }

    [Fact]
    public void A_changed_byte_is_noticed()
    {
        var frame = Convert.FromHexString(Foreign);
        frame[12] ^= 1;
        Assert.Equal("QN2011", Code(frame));
    }

    [Fact]
    public void What_is_not_zstd_is_refused_at_the_beginning_and_behind_the_data()
    {
        Assert.Equal("QN2011", Code(Encoding.UTF8.GetBytes("a,b\n1,2\n")));
        Assert.Equal("QN2012", Code([.. Convert.FromHexString(Foreign), .. Encoding.UTF8.GetBytes("more\n")]));
        Assert.Equal("QN2012", Code([.. Convert.FromHexString(Foreign), (byte)'\n']));
    }

    static byte[] Compressed(ReadOnlySpan<byte> content)
    {
        using var zstd = new Zstd();
        var frame = new byte[Zstd.Bound(content.Length)];
        return frame[..zstd.Compress(content, frame, 3)];
    }

    string Code(byte[] file) => Assert.Throws<QuernException>(() => Text(file)).Fault.Code;

    string Text(byte[] file) => Read(_folder.Write("a.zst", file));

    static string Read(string path)
    {
        using var input = new ZstdInput(path, Path.GetFileName(path));
        using var reader = new StreamReader(input, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
