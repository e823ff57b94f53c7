using System.Diagnostics;

namespace Quern.Tests.Projects.Context;

/// <summary>Many nodes, on several threads.</summary>
public class SpeedTests
{
    [Fact]
    public void Nodes_are_compiled_on_several_threads_at_once_without_mixing_up()
    {
        using var sample = new Sample("{% macro me(x) %}{{ this.identifier }}-{{ x }}{% endmacro %}", packages: ("abacus", "{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}"));
        var nodes = Enumerable.Range(0, 64).Select(i => sample.Model($"m{i}", $"{{% set n = {i} %}}{{{{ me(n) }}}} {{{{ abacus.twice(model.name) }}}} {{{{ var('x', n) }}}}")).ToList();
        using var other = sample.Session.Warehouse.Connect();
        Parallel.For(0, 4, worker =>
        {
            var session = worker % 2 == 0 ? sample.Session : other;
            for (var round = 0; round < 20; round++)
            {
                foreach (var node in nodes)
                {
                    var i = node.Name[1..];
                    Assert.Equal($"m{i}-{i} m{i}m{i} {i}", sample.Templates.Compile(node, session).Sql);
                }
            }
        });
    }

    [Fact]
    public void A_simple_node_compiles_in_well_under_a_third_of_a_millisecond()
    {
        using var sample = new Sample();
        sample.Model("raw", "select 1");
        var node = sample.Model("orders", "{{ config(materialized='table', tags=['a']) }}\n\nselect * from {{ ref('raw') }} where day <= '{{ var(\"day\", \"2024-03-10\") }}'");
        for (var i = 0; i < 2000; i++) sample.Compile(node);
        var best = TimeSpan.MaxValue;
        for (var run = 0; run < 5; run++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < 500; i++) sample.Compile(node);
            if (watch.Elapsed < best) best = watch.Elapsed;
        }
        TestContext.Current.SendDiagnosticMessage($"compile {best.TotalMicroseconds / 500:0.0} us");
        Assert.True(best.TotalMilliseconds / 500 < 0.3, $"{best.TotalMilliseconds / 500:0.000} ms a node");
    }
}
