using System.Numerics;
using Quern.Jinja.Methods;
using Quern.Jinja.Values;

namespace Quern.Jinja.Filters;

/// <summary>The tests by name: first those added to the environment, then the language's own.</summary>
static class TestTable
{
    static readonly string[] Names =
    [
        "boolean", "callable", "defined", "divisibleby", "eq", "equalto", "escaped", "even", "false", "filter", "float",
        "ge", "greaterthan", "gt", "in", "integer", "iterable", "le", "lessthan", "lower", "lt", "mapping", "ne",
        "none", "number", "odd", "sameas", "sequence", "string", "test", "true", "undefined", "upper",
    ];

    public static Test? Find(TemplateEnvironment environment, string name) =>
        environment.Tests.TryGetValue(name, out var test) ? test : BuiltIn(name);

    public static TemplateFailure Unknown(TemplateEnvironment environment, string name)
    {
        var near = NearestName.Of(name, [.. Names, .. environment.Tests.Keys]);
        return new TemplateFailure(
            "QN7004", $"there is no test '{name}'", near is null ? [] : [$"did you mean '{near}'?"]);
    }

    static Test? BuiltIn(string name) => name switch
    {
        "boolean" => (value, _) => value is bool,
        "callable" => (value, _) => value is TemplateObject { IsCallable: true } or Undefined,
        "defined" => (value, _) => value is not Undefined,
        "undefined" => (value, _) => value is Undefined,
        "none" => (value, _) => value is null,
        "true" => (value, _) => value is true,
        "false" => (value, _) => value is false,
        "integer" => (value, _) => value is long or BigInteger,
        "float" => (value, _) => value is double,
        "number" => (value, _) => Value.IsNumber(value),
        "string" => (value, _) => value is string,
        "mapping" => (value, _) => value is Dict or TemplateObject { IsMapping: true },
        "sequence" => (value, _) => IsSequence(value),
        "iterable" => (value, _) => IsIterable(value),
        "escaped" => (_, _) => false,
        "lower" => (value, _) => TextMethods.IsLower(PythonText.Of(value)),
        "upper" => (value, _) => TextMethods.IsUpper(PythonText.Of(value)),
        "odd" => (value, _) => Equality.Same(Arithmetic.Apply("%", value, 2L), 1L),
        "even" => (value, _) => Equality.Same(Arithmetic.Apply("%", value, 2L), 0L),
        "divisibleby" => (value, arguments) =>
            Equality.Same(Arithmetic.Apply("%", value, Other("divisibleby", arguments)), 0L),
        "sameas" => (value, arguments) => IsSame(value, Other("sameas", arguments)),
        "filter" => (value, arguments) =>
            value is string filter && FilterTable.Find(arguments.Rendering.Current, filter) is not null,
        "test" => (value, arguments) => value is string test && Find(arguments.Rendering.Current, test) is not null,
        "in" => (value, arguments) => Iteration.Contains(Other("in", arguments), value),
        "==" or "eq" or "equalto" => (value, arguments) => Equality.Same(value, Other("eq", arguments)),
        "!=" or "ne" => (value, arguments) => !Equality.Same(value, Other("ne", arguments)),
        ">" or "gt" or "greaterthan" => (value, arguments) => Compare(">", value, arguments),
        ">=" or "ge" => (value, arguments) => Compare(">=", value, arguments),
        "<" or "lt" or "lessthan" => (value, arguments) => Compare("<", value, arguments),
        "<=" or "le" => (value, arguments) => Compare("<=", value, arguments),
        _ => null,
    };

    static object? Other(string test, Arguments arguments) => arguments.Bind(test, 1, "other")[0];

    static bool Compare(string symbol, object? value, Arguments arguments) =>
        Arithmetic.Compare(symbol, value, Other(symbol, arguments));

    static bool IsIterable(object? value) => value switch
    {
        string or Dict or IReadOnlyList<object?> or Undefined => true,
        TemplateObject other => other.Items is not null || other is Generator,
        _ => false,
    };

    /// <summary>What has a length and takes an index or key, generators and views left out.</summary>
    static bool IsSequence(object? value) => value switch
    {
        string or Dict or IReadOnlyList<object?> or Undefined => true,
        TemplateObject other => other is not (DictView or LoopValue) && other.Length is not null,
        _ => false,
    };

    static bool IsSame(object? value, object? other) =>
        ReferenceEquals(value, other) || (value is bool a && other is bool b && a == b);
}
