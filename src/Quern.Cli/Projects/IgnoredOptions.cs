using System.CommandLine;

namespace Quern.Cli.Projects;

/// <summary>Options of dbt that are taken so that scripts go on working, and that change nothing here.</summary>
static class IgnoredOptions
{
    static readonly string[] Switches =
    [
        "version-check", "partial-parse", "static-parser", "use-experimental-parser", "send-anonymous-usage-stats", "cache-selected-only",
        "populate-cache", "macro-debugging", "introspect", "use-colors-file", "write-json", "print", "show-resource-report",
        "inject-ephemeral-ctes", "use-fast-test-edges", "upload-to-artifacts-ingest-api",
    ];

    static readonly string[] Plain = ["single-threaded", "partial-parse-file-diff"];

    static readonly string[] Valued =
    [
        "log-file-max-bytes", "printer-width", "record-timing-info", "partial-parse-file-path", "log-cache-events",
    ];

    /// <summary>Fresh options for a verb.</summary>
    public static IEnumerable<Option> All() =>
    [
        .. Switches.SelectMany(name => new[] { Flag(name), Flag("no-" + name) }),
        .. Plain.Select(Flag),
        .. Valued.Select(name => new Option<string>("--" + name) { Description = "taken, and changes nothing", Hidden = true }),
    ];

    static Option Flag(string name) => new Option<bool>("--" + name)
    {
        Description = "taken, and changes nothing",
        Hidden = true,
        Arity = ArgumentArity.Zero,
    };
}
