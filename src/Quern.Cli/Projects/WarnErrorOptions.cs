using Quern.Jinja.Values;
using Quern.Yaml;

namespace Quern.Cli.Projects;

/// <summary>Which warnings are errors and which are not said, as <c>--warn-error-options</c> has it: <c>error</c> (older: <c>include</c>),
/// <c>warn</c> (older: <c>exclude</c>) and <c>silence</c>.</summary>
/// <remarks>Warnings go by the code of Quern or, for those that dbt has too, by dbt's name. Names of warnings that are never given here are
/// taken and mean nothing.</remarks>
sealed class WarnErrorOptions
{
    /// <summary>What dbt calls the warning of a test that found something.</summary>
    public const string TestResult = "LogTestResult";

    static readonly Dictionary<string, string> DbtNames = new(StringComparer.Ordinal)
    {
        ["QN7139"] = "JinjaLogWarning",
        ["QN7190"] = "NoNodeForYamlKey",
        ["QN7192"] = "UnusedResourceConfigPath",
    };

    readonly HashSet<string> _errors, _warnings, _silent;

    WarnErrorOptions(IEnumerable<string> errors, IEnumerable<string> warnings, IEnumerable<string> silent) =>
        (_errors, _warnings, _silent) = ([.. errors], [.. warnings], [.. silent]);

    /// <summary>Reads them.</summary>
    /// <param name="text">YAML; null for nothing.</param>
    /// <param name="all">Whether all warnings are errors: <c>--warn-error</c>.</param>
    /// <exception cref="QuernException">QN1005, exit code 2: a key that is none, or a value that is no list of names.</exception>
    public static WarnErrorOptions Read(string? text, bool all)
    {
        var map = text is null ? new Dict() : YamlText.ReadMap(text, "--warn-error-options");
        foreach (var (key, value) in map)
            if (key is not ("error" or "include" or "warn" or "exclude" or "silence")) throw Wrong(PythonText.Of(key), "error, warn or silence");
        var errors = Names(map, "error").Concat(Names(map, "include"));
        return new(all ? errors.Append("all") : errors, Names(map, "warn").Concat(Names(map, "exclude")), Names(map, "silence"));
    }

    /// <summary>Whether a warning is an error.</summary>
    /// <param name="name">Its code, or dbt's name.</param>
    public bool IsError(string name) => !Holds(_warnings, name) && !IsSilent(name) && (_errors.Contains("all") || _errors.Contains("*") || Holds(_errors, name));

    /// <summary>Whether a warning is not said.</summary>
    /// <param name="name">Its code, or dbt's name.</param>
    public bool IsSilent(string name) => Holds(_silent, name);

    static bool Holds(HashSet<string> names, string name) =>
        names.Contains(name) || (DbtNames.TryGetValue(name, out var theirs) && names.Contains(theirs));

    static IEnumerable<string> Names(Dict map, string key) => map[key] switch
    {
        null => [],
        string one => [one],
        List<object?> list when list.All(n => n is string) => list.Cast<string>(),
        var other => throw Wrong(PythonText.Represent(other), $"{key}: all, or a list of names"),
    };

    static QuernException Wrong(string value, string wanted) => new(new Fault("QN1005", "this does not say which warnings are errors")
    {
        Where = "--warn-error-options",
        Value = value,
        Wanted = wanted,
        Try = ["--warn-error-options '{error: all, warn: [QN7160]}'"],
        ExitCode = ExitCode.Usage,
    });
}
