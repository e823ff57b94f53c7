using Quern.Projects.Selection;

namespace Quern.Tests.Projects.Selection;

public sealed class NamePatternTests
{
    // What fnmatch.fnmatchcase of CPython 3.11 answers.
    [Theory]
    [InlineData("stg_orders", "stg_*", true)]
    [InlineData("stg_orders", "*", true)]
    [InlineData("", "*", true)]
    [InlineData("", "", true)]
    [InlineData("a", "", false)]
    [InlineData("abc", "a?c", true)]
    [InlineData("ac", "a?c", false)]
    [InlineData("abc", "a[a-c]c", true)]
    [InlineData("abc", "a[!a-c]c", false)]
    [InlineData("adc", "a[!a-c]c", true)]
    [InlineData("a]c", "a[]]c", true)]
    [InlineData("abc", "a[!]]c", true)]
    [InlineData("a]c", "a[!]]c", false)]
    [InlineData("a[c", "a[c", true)]
    [InlineData("a[!c", "a[!c", true)]
    [InlineData("a-c", "a[b-]c", true)]
    [InlineData("a!c", "a[b!]c", true)]
    [InlineData("aXbXc", "a*b*c", true)]
    [InlineData("aXbXcX", "a*b*c", false)]
    [InlineData("mississippi", "m*iss*iss*i", true)]
    [InlineData("a.b.c", "a*c", true)]
    [InlineData("Stg", "stg", false)]
    [InlineData("a**b", "a**b", true)]
    [InlineData("[]", "[]", true)]
    public void Wildcards_are_read_as_python_does(string text, string pattern, bool fits) => Assert.Equal(fits, NamePattern.Matches(text, pattern));

    [Fact]
    public void Many_stars_take_no_longer_than_the_text()
    {
        var pattern = string.Concat(Enumerable.Repeat("a*", 200)) + "b";
        Assert.False(NamePattern.Matches(new string('a', 20_000), pattern));
    }
}
