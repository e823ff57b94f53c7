using System.Numerics;
using Quern.Jinja.Values;

namespace Quern.Tests.Jinja.Values;

public class ValueTests
{
    [Fact]
    public void Widens_numbers_and_copies_collections()
    {
        var value = Value.From(new Dictionary<string, object?>
        {
            ["int"] = 5,
            ["ulong"] = ulong.MaxValue,
            ["float"] = 1.5f,
            ["list"] = new[] { "a", "b" },
            ["map"] = new Dictionary<int, bool> { [1] = true },
            ["letter"] = 'x',
            ["none"] = null,
        });
        Assert.Equal(
            "{'int': 5, 'ulong': 18446744073709551615, 'float': 1.5, 'list': ['a', 'b'], 'map': {1: True}, "
            + "'letter': 'x', 'none': None}",
            PythonText.Of(value));
    }

    [Fact]
    public void Keeps_the_list_it_is_given_so_that_templates_can_change_it()
    {
        var list = new List<object?> { 1L };
        Run.Text("{% do l.append(2) %}", ("l", list));
        Assert.Equal([1L, 2L], list);
    }

    [Fact]
    public void Holds_a_whole_number_in_the_smallest_type() => Assert.Equal(
        [typeof(long), typeof(BigInteger), typeof(long)],
        new[] { "2 ** 62", "2 ** 63", "2 ** 63 - 1" }.Select(text => Run.Value(text)!.GetType()));
}
