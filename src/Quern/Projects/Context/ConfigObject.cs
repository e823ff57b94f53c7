using Quern.Jinja;
using Quern.Jinja.Values;
using Quern.Projects.Reading;

namespace Quern.Projects.Context;

/// <summary><c>config</c>: called it notes configuration while parsing, and prints nothing; its methods read the merged configuration while
/// running. While parsing they give an empty text, as the configuration is not known yet.</summary>
sealed class ConfigObject : TemplateObject
{
    readonly Dictionary<string, Function> _methods;

    ConfigObject() => _methods = new Function[]
    {
        new("get", Get),
        new("require", Require),
        new("meta_get", arguments => Read(arguments, "meta_get", Meta(arguments))),
        new("meta_require", arguments => Demand(arguments, "meta_require", Meta(arguments))),
        new("set", Set),
        new("persist_relation_docs", arguments => Persists(arguments, "relation")),
        new("persist_column_docs", arguments => Persists(arguments, "columns")),
    }.ToDictionary(m => m.Name, StringComparer.Ordinal);

    public static ConfigObject Instance { get; } = new();

    public override string TypeName => "config";

    public override bool IsCallable => true;

    public override object? Call(Arguments arguments)
    {
        var capture = NodeScope.Of(arguments).Capture;
        var given = arguments.Positional switch
        {
            [] => arguments.NamedAsDict(),
            [Dict one] when arguments.Named.Count == 0 => one,
            _ => throw new QuernException(new Fault("QN7126", "config() takes keys with values, or one dict")
            {
                Try = ["config(materialized='table')", "config({'materialized': 'table'})"],
            }),
        };
        if (capture is null) return "";
        foreach (var (key, value) in given) capture.AddConfig(PythonText.Of(key), value);
        return "";
    }

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = _methods.GetValueOrDefault(name);
        return value is not null;
    }

    static object? Get(Arguments arguments)
    {
        var scope = NodeScope.Of(arguments);
        if (scope.IsParsing) return "";
        var bound = arguments.Bind("get", 1, "name", "default", "validator");
        return Find(scope, bound.Text(0), out var value) ? value : bound[1];
    }

    static object? Require(Arguments arguments)
    {
        var scope = NodeScope.Of(arguments);
        if (scope.IsParsing) return "";
        var bound = arguments.Bind("require", 1, "name", "validator");
        return Find(scope, bound.Text(0), out var value) ? value : throw Lacks(bound.Text(0));
    }

    static object? Set(Arguments arguments)
    {
        var bound = arguments.Bind("set", 2, "name", "value");
        NodeScope.Of(arguments).Capture?.AddConfig(bound.Text(0), bound[1]);
        return "";
    }

    static object? Read(Arguments arguments, string method, Dict? values)
    {
        if (values is null) return "";
        var bound = arguments.Bind(method, 1, "name", "default", "validator");
        return values.TryGetValue(bound.Text(0), out var value) ? value : bound[1];
    }

    static object? Demand(Arguments arguments, string method, Dict? values)
    {
        if (values is null) return "";
        var name = arguments.Bind(method, 1, "name", "validator").Text(0);
        return values.TryGetValue(name, out var value) ? value : throw Lacks($"meta.{name}");
    }

    static Dict? Meta(Arguments arguments)
    {
        var scope = NodeScope.Of(arguments);
        return scope.IsParsing ? null : scope.Config["meta"] as Dict ?? new Dict();
    }

    static object Persists(Arguments arguments, string what)
    {
        var scope = NodeScope.Of(arguments);
        arguments.Bind("persist_docs", 0);
        return !scope.IsParsing && scope.Config["persist_docs"] is Dict docs && Value.IsTrue(docs[what]);
    }

    // Hooks are kept under the spelling with a dash; templates may ask with either.
    static bool Find(NodeScope scope, string name, out object? value) =>
        scope.Config.TryGetValue(name, out value)
        || (name is "pre_hook" or "post_hook" && scope.Config.TryGetValue(name.Replace('_', '-'), out value))
        || (name is "pre-hook" or "post-hook" && scope.Config.TryGetValue(name.Replace('-', '_'), out value))
        || (scope.Node is { } node && ConfigDefaults.TryGet(node.Kind, name, out value));

    static QuernException Lacks(string name) => new(
        new Fault("QN7127", "the node lacks a configuration that its template requires") { Value = name, Try = [$"config({name}=...)"] });
}
