using Quern.Jinja;

namespace Quern.Tests.Jinja;

public class GlobalsTests
{
    [Fact]
    public void Looks_in_the_layers_below()
    {
        var below = new Globals { ["a"] = 1, ["b"] = 2 };
        var above = new Globals(below) { ["b"] = 3 };
        Assert.Equal((1L, 3L, null), (above["a"], above["b"], above["c"]));
        below["c"] = 4;
        Assert.True(above.TryGet("c", out var late));
        Assert.Equal(4L, late);
    }

    [Fact]
    public void Is_a_mapping_for_templates()
    {
        var names = Run.Names(("x", 1));
        names["context"] = names;
        Assert.Equal(
            "1 1 d True True",
            Run.Text(
                "{{ c['x'] }} {{ c.x }} {{ c.get('y', 'd') }} {{ 'x' in c }} {{ c is mapping }}", ("c", names)));
    }
}
