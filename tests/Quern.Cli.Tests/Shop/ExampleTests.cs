namespace Quern.Cli.Tests.Shop;

/// <summary>The project of <c>examples/shop</c>, as the README runs it, on a copy.</summary>
public sealed class ExampleTests : IDisposable
{
    const string Folders = "--project-dir shop --profiles-dir shop";

    readonly Workdir _here = new();

    public ExampleTests() => _here.Bash($"cp -r '{Path.Combine(Workdir.Root, "examples", "shop")}' shop").Is(ExitCode.Done);

    public void Dispose() => _here.Dispose();

    [Fact]
    public void The_example_builds_from_another_folder_twice_with_what_the_readme_says()
    {
        var readme = File.ReadAllText(Path.Combine(Workdir.Root, "README.md"));
        for (var i = 0; i < 2; i++)
        {
            var ended = _here.Bash($"\"$quern\" build {Folders}");
            Assert.True(ended.Code == 0, ended.Output + ended.Error);
            var last = ended.Output.TrimEnd('\n').Split('\n')[^1][10..];
            Assert.Contains($"`{last}`", readme, StringComparison.Ordinal);
        }
        Assert.True(File.Exists(_here.Path("shop.duckdb")));
    }

    [Fact]
    public void The_example_shows_its_table()
    {
        _here.Bash($"\"$quern\" build {Folders} --quiet").Is(ExitCode.Done);
        Assert.Contains("customer 1", _here.Bash($"\"$quern\" show {Folders} -s customer_totals").Output);
    }

    [Fact]
    public void The_example_runs_with_no_rows()
    {
        var ended = _here.Bash($"\"$quern\" build {Folders} --empty");
        Assert.Contains("ERROR=0", ended.Output, StringComparison.Ordinal);
        Assert.Contains("SKIP=0", ended.Output, StringComparison.Ordinal);
    }
}
