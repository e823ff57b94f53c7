using Quern.Yaml;

namespace Quern.Tests.Yaml;

/// <summary>Numbers without a sign are read by another way than those with one.</summary>
public sealed class YamlScalarsTests
{
    [Fact]
    public void A_number_without_a_sign_is_the_same_number_as_with_a_plus()
    {
        var random = new Random(1);
        var numbers = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var length = random.Next(1, random.Next(2, 26));
            var text = string.Create(length, random, (span, r) =>
            {
                for (var k = 0; k < span.Length; k++) span[k] = r.Next(8) == 0 ? "._x:eE"[r.Next(6)] : (char)('0' + r.Next(10));
            });
            // A text that is no number with a plus may be one without: a date.
            if (YamlScalars.Plain("+" + text) is string || !char.IsAsciiDigit(text[0])) continue;
            numbers++;
            var (plain, signed) = (YamlScalars.Plain(text), YamlScalars.Plain("+" + text));
            Assert.Equal(signed, plain);
            Assert.Equal(signed!.GetType(), plain!.GetType());
        }
        Assert.InRange(numbers, 5_000, 20_000);
    }

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("017", 15L)]
    [InlineData("999999999999999999", 999_999_999_999_999_999L)]
    [InlineData("1.5", 1.5)]
    [InlineData("1.", 1.0)]
    [InlineData("1.2.3", "1.2.3")]
    public void Digits_and_points_are_what_they_are_to_PyYAML(string text, object value) => Assert.Equal(value, YamlScalars.Plain(text));
}
