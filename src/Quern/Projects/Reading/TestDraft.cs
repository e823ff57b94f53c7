using Quern.Jinja.Values;
using Quern.Projects.Settings;
using Quern.Yaml;

namespace Quern.Projects.Reading;

/// <summary>A generic test taken apart: what it is, its arguments, its configuration.</summary>
/// <param name="Space">The package its test was named with; null without one.</param>
/// <param name="Test">The test: <c>not_null</c>.</param>
/// <param name="Name">A name of its own; null without one.</param>
/// <param name="Description">Default: empty.</param>
/// <param name="Arguments">What its macro takes, with <c>column_name</c>, not rendered.</param>
/// <param name="Config">Its configuration, rendered.</param>
sealed record TestDraft(string? Space, string Test, string? Name, string Description, Dict Arguments, Dict Config)
{
    /// <summary>Keys that may stand beside the arguments and are configuration.</summary>
    static readonly string[] ConfigKeys =
    [
        "severity", "tags", "enabled", "where", "limit", "warn_if", "error_if", "fail_calc", "store_failures", "store_failures_as", "meta",
        "database", "schema", "alias",
    ];

    /// <summary>Reads a test.</summary>
    /// <param name="reader">Renders its configuration.</param>
    /// <param name="file">The file it stands in.</param>
    /// <param name="entry">The test.</param>
    /// <exception cref="QuernException">QN7186: it is not a name, or one name with arguments.</exception>
    public static TestDraft Read(PropertiesReader reader, PropertiesFile file, TestEntry entry)
    {
        var (type, body) = Split(file, entry.Entry);
        var dot = type.IndexOf('.', StringComparison.Ordinal);
        var arguments = new Dict();
        var config = new Dict();
        string? name = null;
        var description = "";
        foreach (var (keyNode, value) in body?.Entries ?? [])
        {
            var key = keyNode.Text;
            switch (key)
            {
                case "name":
                    name = Texts.Of(reader.Render(file, value));
                    break;
                case "description":
                    description = Texts.Of(value.Value()) ?? "";
                    break;
                case "test_name":
                    break;
                case "config" when value is YamlMap map:
                    ConfigMerge.Into(config, (Dict)reader.Render(file, map)!, file.Place(map));
                    break;
                case "config" when value.Value() is null:
                    break;
                case "arguments" when value is YamlMap map:
                    foreach (var (argument, given) in map.Entries) arguments[argument.Value()] = given.Value();
                    break;
                case not null when ConfigKeys.Contains(key):
                    ConfigMerge.Into(config, key, reader.Render(file, value));
                    break;
                default:
                    arguments[keyNode.Value()] = value.Value();
                    break;
            }
        }
        if (entry.Column is not null) arguments["column_name"] = entry.QuoteColumn ? $"\"{entry.Column}\"" : entry.Column;
        if (entry.Tags.Count > 0) ConfigMerge.Into(config, "tags", entry.Tags.Cast<object?>().ToList());
        return new TestDraft(dot < 0 ? null : type[..dot], type[(dot + 1)..], name, description, arguments, config);
    }

    static (string Type, YamlMap? Body) Split(PropertiesFile file, YamlNode entry)
    {
        switch (entry)
        {
            case YamlScalar scalar when scalar.Value() is string { Length: > 0 } name:
                return (name, null);
            case YamlMap map when map.Text("test_name") is { Length: > 0 } named:
                return (named, map);
            case YamlMap { Entries: [var one] } when one.Key.Value() is string { Length: > 0 } name && (one.Value is YamlMap || one.Value.Value() is null):
                return (name, one.Value as YamlMap);
            default:
                throw new QuernException(new Fault("QN7186", "a test is a name, or one name with its arguments below it")
                {
                    Where = file.Place(entry),
                    Wanted = "- unique, or - accepted_values: {arguments: {values: [...]}}",
                    Try = ["indent arguments and config two places deeper than the name of the test"],
                    ExitCode = ExitCode.Usage,
                });
        }
    }
}
