using System.Text;
using Quern.Rollups.Store;
using Quern.Tests.Files;

namespace Quern.Tests.Rollups.Store;

public sealed class StoreDamageTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_bit_that_flips_is_found_and_its_file_is_named()
    {
        new SampleStore(8, 300, 20_000).Publish(_scratch["store"]);
        var random = new Random(8);
        foreach (var name in Files())
        {
            var path = _scratch[$"store/{name}"];
            var whole = File.ReadAllBytes(path);
            // All of the ends of a file, where most of its own structure is, and some of the rest.
            var places = Enumerable.Range(0, Math.Min(70, whole.Length)).Concat(Enumerable.Range(Math.Max(0, whole.Length - 70), Math.Min(70, whole.Length)))
                .Concat(Enumerable.Range(0, 100).Select(_ => random.Next(whole.Length)));
            foreach (var place in places)
            {
                var damaged = whole.ToArray();
                damaged[place] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(path, damaged);
                var fault = Fault();
                Assert.True(fault?.Where?.Contains(name, StringComparison.Ordinal) == true, $"{name}, byte {place} of {whole.Length}: {fault}");
            }
            File.WriteAllBytes(path, whole);
        }
        Assert.Null(Fault());
    }

    [Fact]
    public void A_file_that_is_cut_or_longer_or_gone_is_named()
    {
        new SampleStore(9, 300, 20_000).Publish(_scratch["store"]);
        foreach (var name in Files())
        {
            var path = _scratch[$"store/{name}"];
            var whole = File.ReadAllBytes(path);
            foreach (var length in (int[])[0, 1, whole.Length / 2, whole.Length - 1, whole.Length + 1])
            {
                var cut = new byte[length];
                whole.AsSpan(0, Math.Min(length, whole.Length)).CopyTo(cut);
                File.WriteAllBytes(path, cut);
                Assert.Contains(name, Fault()?.Where, StringComparison.Ordinal);
            }
            File.Delete(path);
            var missing = Fault();
            Assert.Equal(name == "manifest.json" ? "QN7501" : "QN7504", missing?.Code);
            File.WriteAllBytes(path, whole);
        }
    }

    [Fact]
    public void A_damaged_block_says_which_one_when_it_is_first_touched()
    {
        var sample = new SampleStore(10, 40_000);
        var manifest = sample.Publish(_scratch["store"]);
        var path = _scratch[$"store/{manifest.Grains[0].File}"];
        var bytes = File.ReadAllBytes(path);
        // Blocks are of about the same size: this is in the third, the last.
        bytes[bytes.Length * 95 / 100] ^= 1;
        File.WriteAllBytes(path, bytes);
        using var files = RollupFiles.Open(_scratch["store"]);
        var grain = files.Grains[0];
        Assert.Equal(GrainFormat.BlockRows, grain[0].Rows);
        Assert.Equal(GrainFormat.BlockRows, grain[1].Rows);
        var fault = ScratchFolder.FaultOf(() => _ = grain[2].Rows);
        Assert.StartsWith(
            $"""
            error QN7506: a file of the store is damaged
              where   BASE/store/{manifest.Grains[0].File}, block 2
              value   checksum
            """,
            _scratch.Text(fault),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_somebody_edited_is_refused()
    {
        new SampleStore(11, 30).Publish(_scratch["store"]);
        var path = _scratch["store/manifest.json"];
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"kept\": 90", "\"kept\": 91", StringComparison.Ordinal));
        Assert.Equal(
            """
            error QN7502: the manifest of the store is damaged
              where   BASE/store/manifest.json
              value   its checksum does not hold: somebody has changed it
              try     build the store again: quern rollup build
            """,
            _scratch.Text(Fault()!));
    }

    [Fact]
    public void A_store_of_another_format_says_so()
    {
        new SampleStore(12, 30).Publish(_scratch["store"]);
        var path = _scratch["store/manifest.json"];
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal));
        Assert.Equal(
            """
            error QN7503: the store has another format
              where   BASE/store/manifest.json
              value   format 2
              wanted  format 1, which this Quern writes and reads
              try     build the store again: quern rollup build
                      use the Quern that wrote it: the manifest names its version
            """,
            _scratch.Text(Fault()!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"format": 1, "fold": 7}""")]
    [InlineData("""{"format": "x"}""")]
    public void A_manifest_that_is_none_is_refused(string json)
    {
        _scratch.Write("store/manifest.json", json);
        Assert.Equal("QN7502", Fault()?.Code);
    }

    [Fact]
    public void A_manifest_with_a_checksum_that_says_something_else_is_refused()
    {
        new SampleStore(13, 30).Publish(_scratch["store"]);
        var text = File.ReadAllText(_scratch["store/manifest.json"]);
        var body = text[..text.LastIndexOf(",\n", StringComparison.Ordinal)];
        foreach (var (from, to) in ((string, string)[])[("\"kept\": 90", "\"kept\": true"), ("DECIMAL", "DEZIMAL"), ("\"linear\"", "\"round\""), ("grains/", "grain/")])
        {
            var changed = body.Replace(from, to, StringComparison.Ordinal);
            Assert.NotEqual(body, changed);
            var sum = Checksum.Of(Encoding.UTF8.GetBytes(changed));
            File.WriteAllText(_scratch["store/manifest.json"], $"{changed},\n  \"checksum\": \"{sum:x16}\"\n}}\n");
            Assert.Contains(Fault()?.Code, (string[])["QN7502", "QN7504"]);
        }
    }

    [Fact]
    public void Where_there_is_no_store_it_is_said()
    {
        Assert.Equal("QN7501", ScratchFolder.FaultOf(() => RollupFiles.Open(_scratch["none"])).Code);
        _scratch.Write("file");
        Assert.Equal("QN7501", ScratchFolder.FaultOf(() => RollupFiles.Open(_scratch["file"])).Code);
        _scratch.Write("folder/a.csv");
        Assert.Equal("QN7501", ScratchFolder.FaultOf(() => RollupFiles.Open(_scratch["folder"])).Code);
    }

    List<string> Files() => _scratch.Names("store").Where(n => !n.EndsWith('/')).ToList();

    Fault? Fault()
    {
        try
        {
            using var files = RollupFiles.Open(_scratch["store"]);
            files.Verify();
            return null;
        }
        catch (QuernException e)
        {
            return e.Fault;
        }
    }
}
