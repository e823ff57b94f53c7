using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary><c>exceptions</c>: errors and warnings that templates give.</summary>
static class Exceptions
{
    static readonly string[] Raising =
    [
        "raise_compiler_error", "raise_database_error", "raise_parsing_error", "raise_dependency_error", "raise_dep_not_found",
        "raise_fail_fast_error", "raise_cache_inconsistent", "raise_duplicate_resource_name", "raise_duplicate_patch_name",
        "raise_invalid_property_yml_version", "raise_dataclass_not_dict", "raise_ambiguous_alias", "raise_ambiguous_catalog_match",
    ];

    public static MemberObject Make() => MemberObject.Of(
        "exceptions",
        [
            .. Raising.Select(name => new Function(name, arguments => throw Raise(arguments))),
            new Function("raise_not_implemented", arguments => throw new QuernException(
                new Fault("QN7138", $"ERROR: {PythonText.Of(arguments.Bind("raise_not_implemented", 1, "msg")[0])}"))),
            new Function("warn", Warn),
            new Function("missing_config", arguments => throw Missing(arguments)),
            new Function("missing_relation", arguments => throw Of($"Relation {First(arguments)} not found!")),
            new Function("missing_materialization", arguments => throw Of($"No materialization '{Second(arguments)}' was found")),
            new Function("relation_wrong_type", arguments => throw WrongType(arguments)),
            new Function("column_type_missing", arguments => throw Of(
                "Contracted models require data_type to be defined for each column. Please ensure that the column name and data_type are "
                + $"defined within the YAML configuration for the {PythonText.Of(At(arguments, 0))} column(s).")),
            new Function("raise_contract_error", arguments =>
                throw Of("This model has an enforced contract that failed: " + Texts(arguments))),
        ]);

    static QuernException Raise(Arguments arguments) => Of(First(arguments));

    static QuernException Of(string message) => new(new Fault("QN7138", message));

    static string First(Arguments arguments) => arguments.TryGetNamed("msg", out var named)
        ? PythonText.Of(named)
        : PythonText.Of(At(arguments, 0));

    static string Second(Arguments arguments) => PythonText.Of(At(arguments, 1));

    static string Texts(Arguments arguments) => string.Join("; ", arguments.Positional.Select(PythonText.Of));

    static object? At(Arguments arguments, int index) => index < arguments.Positional.Count ? arguments.Positional[index] : null;

    static object? Warn(Arguments arguments)
    {
        var scope = NodeScope.Of(arguments);
        var message = PythonText.Of(arguments.Bind("warn", 1, "msg", "node")[0]);
        scope.Templates.Invocation.Warn("QN7139", scope.Node is { } node ? $"{NodeScope.Describe(node)}: {message}" : message);
        return "";
    }

    static QuernException Missing(Arguments arguments)
    {
        var bound = arguments.Bind("missing_config", 2, "model", "name");
        return Of($"Model '{(bound[0] as Dict)?["unique_id"]}' does not define a required config parameter '{bound.Text(1)}'.");
    }

    static QuernException WrongType(Arguments arguments)
    {
        var bound = arguments.Bind("relation_wrong_type", 2, "relation", "expected_type", "model");
        var found = bound[0] is Relation { Kind: { } kind } ? kind.ToString().ToLowerInvariant() : "unknown";
        var name = PythonText.Of(bound[0]);
        return Of(
            $"Trying to create {bound.Text(1)} {name}, but it currently exists as a {found}. "
            + $"Either drop {name} manually, or run with `--full-refresh`.");
    }
}
