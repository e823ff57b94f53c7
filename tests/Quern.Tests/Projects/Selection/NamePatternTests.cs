using Quern.Projects.Selection;
using Quern.Tests.House;

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
    public void Wildcards_are_read_as_python_does(string text, string pattern, bool fits) =>
        Assert.Equal(fits, NamePattern.Matches(text, pattern));

    [Fact]
    public void Random_patterns_fit_as_in_python()
    {
        var cases = Repository.Lines("tests/Quern.Tests/Projects/Selection/name-patterns.txt")
            .Skip(1).Select(l => l.Text.Split('\t')).ToList();
        Assert.Equal(400, cases.Count);
        Assert.Empty(cases.Where(c => NamePattern.Matches(c[0], c[1]) != (c[2] == "yes")).Select(c => string.Join(' ', c)));
    }

    [Fact]
    public void Many_stars_take_no_longer_than_the_text()
    {
        var pattern = string.Concat(Enumerable.Repeat("a*", 200)) + "b";
        Assert.False(NamePattern.Matches(new string('a', 20_000), pattern));
    }
}
