namespace Quern.Tests;

public sealed class NearestNameTests
{
    static readonly string[] Known = ["first", "Last", "reject", "select", "x1", "x2"];

    [Theory]
    [InlineData("frist", "first")]
    [InlineData("LAST", "Last")]
    [InlineData("rejetc", "reject")]
    [InlineData("slect", "select")]
    [InlineData("x", "x1")]
    [InlineData("x2", "x2")]
    public void Finds_what_was_meant(string name, string meant) => Assert.Equal(meant, NearestName.Of(name, Known));

    [Theory]
    [InlineData("")]
    [InlineData("fist up")]
    [InlineData("group_by")]
    public void Finds_nothing_when_more_than_a_third_would_change(string name) => Assert.Null(NearestName.Of(name, Known));
}
