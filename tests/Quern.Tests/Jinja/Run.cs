using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Tests.Jinja;

/// <summary>Short ways to run a template in a test.</summary>
static class Run
{
    public static string Text(string template, params (string Name, object? Value)[] globals) =>
        Text(new TemplateEnvironment(), template, globals);

    public static string Text(
        TemplateEnvironment environment, string template, params (string Name, object? Value)[] globals) =>
        environment.Parse(template, "t.sql").Render(Names(globals), TestContext.Current.CancellationToken);

    public static object? Value(string expression, params (string Name, object? Value)[] globals) =>
        new TemplateEnvironment().ParseExpression(expression, "t.sql")
            .Evaluate(Names(globals), TestContext.Current.CancellationToken);

    public static Fault Fault(string template, params (string Name, object? Value)[] globals) =>
        Fault(new TemplateEnvironment(), template, globals);

    public static Fault Fault(
        TemplateEnvironment environment, string template, params (string Name, object? Value)[] globals) =>
        Assert.Throws<QuernException>(() => Text(environment, template, globals)).Fault;

    public static Globals Names(params (string Name, object? Value)[] globals)
    {
        var names = new Globals { ["return"] = ReturnFunction.Instance };
        foreach (var (name, value) in globals) names[name] = value;
        return names;
    }
}
