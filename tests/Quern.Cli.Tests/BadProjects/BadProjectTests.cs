using System.Text.RegularExpressions;
using Quern.Cli.Tests.Shop;

namespace Quern.Cli.Tests.BadProjects;

/// <summary>Projects that cannot be read or run, from the command line: what is said, the exit code, and that the database is as it was.</summary>
public sealed partial class BadProjectTests : IDisposable
{
    readonly ProjectDesk _desk = ProjectDesk.Small();

    public static TheoryData<string> Cases => [.. BadCase.Names];

    public void Dispose() => _desk.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Says_what_is_wrong_and_leaves_the_database_as_it_was(string name)
    {
        var wrong = BadCase.Read(name);
        Assert.Equal(0, _desk.Quern("build").Code);
        var before = Stored();
        wrong.Spoil(_desk);
        Assert.Equal(wrong.Expected, BadCase.Said(_desk.Quern(wrong.Command)));
        Assert.Equal(before, Stored());
    }

    [Fact]
    public void A_database_that_another_process_has_open()
    {
        Assert.Equal(0, _desk.Quern("build").Code);
        using (new Writer(_desk.Here.Path("small.duckdb")))
        {
            var ended = _desk.Quern("build --quiet");
            Assert.Equal((5, ""), (ended.Code, ended.Output));
            Assert.Equal(
                """
                error QN8103: another process has the database open
                  where   HERE/small.duckdb
                  value   IO Error: Could not set lock on file "HERE/small.duckdb": Conflicting lock is held in PROCESS. See also PAGE
                  wanted  the database of target "dev" for this run alone
                  try     close the other process, then run again

                """,
                Page().Replace(Holder().Replace(ended.Error.Replace(_desk.Here.Folder, "HERE", StringComparison.Ordinal), "held in PROCESS."), "also PAGE\n"));
        }
        Assert.Equal(0, _desk.Quern("build").Code);
    }

    IReadOnlyList<string> Stored()
    {
        using var database = _desk.Open("small.duckdb");
        return [.. database.Relations().Select(r => $"{r.Key} {r.Value.Text}").Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"held in .*?\(PID \d+\)\.")]
    private static partial Regex Holder();

    [GeneratedRegex(@"also \S+\n")]
    private static partial Regex Page();
}
