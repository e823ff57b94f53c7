using Quern.Jinja.Values;

namespace Quern.Tests.Jinja.Values;

public class DictTests
{
    [Fact]
    public void Keeps_the_order_of_keys_and_takes_equal_numbers_for_one_key()
    {
        var dict = new Dict { ["b"] = 1L, [2L] = 2L, [null] = 3L };
        dict[2.0] = 4L;
        dict[true] = 5L;
        dict[1L] = 6L;
        dict[new TupleValue(1L, "x")] = 7L;
        Assert.Equal("{'b': 1, 2: 4, None: 3, True: 6, (1, 'x'): 7}", PythonText.Of(dict));
        Assert.True(dict.TryGetValue(new TupleValue(1.0, "x"), out var value));
        Assert.Equal(7L, value);
        Assert.True(dict.Remove(null));
        Assert.Equal(4, dict.Count);
    }

    [Fact]
    public void Takes_no_key_that_can_change() => Assert.Equal(
        ("QN7007", "unhashable type: 'list'"), (Run.Fault("{{ {[1]: 2} }}").Code, Run.Fault("{{ {[1]: 2} }}").What));
}
