using System.CommandLine;
using System.Globalization;
using Quern.Jinja.Values;

namespace Quern.Cli.Projects;

/// <summary>The arguments of dbt that change nothing here, with the values they have when nobody says otherwise: projects and readers of
/// artifacts ask for them.</summary>
static class DbtArguments
{
    /// <summary>Adds them.</summary>
    /// <param name="arguments">Arguments by dbt's names.</param>
    /// <param name="context">The command line.</param>
    /// <param name="ignored">The options of the command line by which they may be given.</param>
    public static void Add(Dict arguments, CommandContext context, IEnumerable<Option> ignored)
    {
        foreach (var name in new[]
        {
            "introspect", "partial_parse", "partial_parse_file_diff", "populate_cache", "print", "static_parser", "use_colors_file",
            "version_check", "write_json",
        })
        {
            arguments[name] = true;
        }
        foreach (var name in new[]
        {
            "cache_selected_only", "macro_debugging", "send_anonymous_usage_stats", "show_resource_report", "strict_mode",
            "upload_to_artifacts_ingest_api", "use_experimental_parser",
        })
        {
            arguments[name] = false;
        }
        arguments["log_level"] = "info";
        arguments["log_level_file"] = "debug";
        arguments["log_format_file"] = "debug";
        arguments["log_file_max_bytes"] = 10_485_760L;
        arguments["printer_width"] = 80L;
        arguments["warn_error_options"] =
            new Dict { ["error"] = new List<object?>(), ["warn"] = new List<object?>(), ["silence"] = new List<object?>() };
        foreach (var option in ignored) Add(arguments, context, option);
    }

    static void Add(Dict arguments, CommandContext context, Option option)
    {
        var name = option.Name[2..].Replace('-', '_');
        if (option is Option<bool> flag && context.Value(flag))
            arguments[name.StartsWith("no_", StringComparison.Ordinal) ? name[3..] : name] = !name.StartsWith("no_", StringComparison.Ordinal);
        if (option is Option<string> valued && context.Value(valued) is { } text)
            arguments[name] = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : text;
    }
}
