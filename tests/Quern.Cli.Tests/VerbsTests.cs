using Quern.Cli.Commands;

namespace Quern.Cli.Tests;

public class VerbsTests
{
    [Fact]
    public void Each_verb_has_a_help_that_fits()
    {
        foreach (var verb in Verbs.All)
        {
            Assert.InRange(verb.Summary.Length, 1, 50);
            Assert.DoesNotContain('.', verb.Summary);
            Assert.NotEqual("", verb.Memory);
            Assert.All(verb.Help.Split('\n'), line => Assert.InRange(line.Length, 0, 78));
            Assert.All(verb.Options, option => Assert.False(string.IsNullOrEmpty(option.Description), option.Name));
        }
    }

    [Fact]
    public void Each_first_word_of_two_is_explained() => Assert.Equal(
        Verbs.All.Select(verb => verb.Path.Split(' ')).Where(words => words.Length > 1).Select(words => words[0]).Distinct().Order(),
        Verbs.Groups.Keys.Order());

    [Fact]
    public void No_verb_is_listed_twice() =>
        Assert.Equal(Verbs.All.Count, Verbs.All.Select(verb => verb.Path).Distinct().Count());
}
