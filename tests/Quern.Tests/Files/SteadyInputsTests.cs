using Quern.Files;

namespace Quern.Tests.Files;

public sealed class SteadyInputsTests : IDisposable
{
    readonly ScratchFolder _scratch = new();
    readonly string _path;
    readonly IReadOnlyList<InputFile> _files;

    public SteadyInputsTests()
    {
        _path = _scratch.Write("a.csv", "a,b\n");
        _files = InputFiles.Find(_scratch.Path, ["."]);
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Says_nothing_of_files_at_rest() => SteadyInputs.Check(_files);

    [Fact]
    public void Names_a_file_that_grew()
    {
        File.AppendAllText(_path, "1,2\n");
        Assert.Equal(
            "error QN2018: a file changed while it was read\n" +
            "  where   a.csv\n" +
            "  value   4 bytes at first, 8 bytes at the end\n" +
            "  try     run again when the inputs are at rest",
            ScratchFolder.FaultOf(() => SteadyInputs.Check(_files)).ToString());
    }

    [Fact]
    public void Names_a_file_with_other_content()
    {
        File.SetLastWriteTimeUtc(_path, _files[0].Modified.UtcDateTime.AddSeconds(1));
        Assert.Equal("other content of the same size", ScratchFolder.FaultOf(() => SteadyInputs.Check(_files)).Value);
    }

    [Fact]
    public void Names_a_file_that_is_gone()
    {
        File.Delete(_path);
        Assert.Equal(
            "error QN2016: a file went away while it was read\n" +
            "  where   a.csv\n" +
            "  try     run again when the inputs are at rest",
            ScratchFolder.FaultOf(() => SteadyInputs.Check(_files)).ToString());
    }
}
