using Quern.Files;

namespace Quern.Tests.Files;

public sealed class GzipProofTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Says_which_file_is_cut_short(bool inBackground)
    {
        var whole = ScratchFolder.Gzip(Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7)).ToArray());
        _scratch.Write("a.csv.gz", whole);
        _scratch.Write("b.csv.gz", whole.AsSpan(0, whole.Length - 8));
        _scratch.Write("c.csv", "not compressed"u8);
        using var proof = GzipProof.Begin(InputFiles.Find(_scratch.Path, ["."]), inBackground);
        var fault = ScratchFolder.FaultOf(proof.Await);
        Assert.Equal("QN2010", fault.Code);
        Assert.StartsWith("b.csv.gz, ends at byte ", fault.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Returns_when_all_are_whole()
    {
        _scratch.WriteGzip("a.csv.gz", "a,b\n"u8);
        using var proof = GzipProof.Begin(InputFiles.Find(_scratch.Path, ["."]), inBackground: true);
        proof.Await();
    }

    [Fact]
    public void Stops_when_it_is_not_wanted_any_more()
    {
        _scratch.WriteGzip("a.csv.gz", new byte[200_000_000]);
        using var stop = new CancellationTokenSource();
        var proof = GzipProof.Begin(InputFiles.Find(_scratch.Path, ["."]), inBackground: true, stop.Token);
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(proof.Await);
        proof.Dispose();
        GzipProof.Begin(InputFiles.Find(_scratch.Path, ["."]), inBackground: true, CancellationToken.None).Dispose();
        GzipProof.Begin(InputFiles.Find(_scratch.Path, ["."]), inBackground: false, CancellationToken.None).Dispose();
    }
}
