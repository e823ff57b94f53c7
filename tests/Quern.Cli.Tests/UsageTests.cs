namespace Quern.Cli.Tests;

public class UsageTests
{
    static readonly string[] Known = ["convert", "completion", "openshift", "summarize", "run", "--memory", "--report"];

    [Theory]
    [InlineData("covnert", "convert")]
    [InlineData("summarise", "summarize")]
    [InlineData("openshfit", "openshift")]
    [InlineData("rnu", "run")]
    [InlineData("comp", "completion")]
    [InlineData("--mem", "--memory")]
    [InlineData("--reprot", "--report")]
    public void Finds_what_was_meant(string typed, string meant) => Assert.Equal(meant, Usage.Near(typed, Known));

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("--verbose")]
    public void Finds_nothing_when_nothing_is_near(string typed) => Assert.Null(Usage.Near(typed, Known));
}
