using Quern.Projects.Selection;

namespace Quern.Tests.Projects.Selection;

/// <summary>Criteria with and without something around them are read by two ways.</summary>
public sealed class CriterionTests
{
    [Theory]
    [InlineData("orders")]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("fqn:*")]
    [InlineData("source:files.rates")]
    [InlineData("config.materialized:table")]
    [InlineData("config.meta.owner:a:b")]
    [InlineData("tag:")]
    [InlineData("models/staging")]
    [InlineData("orders.SQL")]
    [InlineData("orders.v2")]
    [InlineData("path:models/[ab]?.sql")]
    public void A_plus_in_front_changes_nothing_else(string raw)
    {
        var plain = Criterion.Parse(raw, IndirectSelection.Cautious);
        var signed = Criterion.Parse("+" + raw, IndirectSelection.Cautious);

        Assert.Equal(raw, plain.Raw);
        Assert.Equal((signed.Method, signed.Value, signed.Indirect), (plain.Method, plain.Value, plain.Indirect));
        Assert.Equal(signed.Arguments, plain.Arguments);
        Assert.True(signed.Parents);
        Assert.False(plain.Parents || plain.Children || plain.ChildrensParents);
        Assert.Null(plain.ParentsDepth);
    }

    [Theory]
    [InlineData("wrong:x")]
    [InlineData("a b:x")]
    [InlineData(":x")]
    [InlineData("a\nb")]
    public void What_is_wrong_is_wrong_with_a_plus_too(string raw)
    {
        var plain = Record.Exception(() => Criterion.Parse(raw, IndirectSelection.Eager)) as QuernException;
        var signed = Record.Exception(() => Criterion.Parse("+" + raw, IndirectSelection.Eager)) as QuernException;

        Assert.Equal(signed?.Fault.Code, plain?.Fault.Code);
    }
}
