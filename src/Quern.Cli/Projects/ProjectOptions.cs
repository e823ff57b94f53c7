using System.CommandLine;
using Quern.Cli.Reporting;
using Quern.Jinja.Values;
using Quern.Projects;
using Quern.Projects.Options;
using Quern.Yaml;

namespace Quern.Cli.Projects;

/// <summary>The options of every verb on a project, with dbt's names and environment variables (specification section 4).</summary>
sealed class ProjectOptions
{
    readonly Option<string?> _projectDir = Text("--project-dir", "FOLDER", "folder with dbt_project.yml (default: this one, or the nearest above)");
    readonly Option<string?> _profilesDir = Text("--profiles-dir", "FOLDER", "folder with profiles.yml (default: the project's, here, ~/.dbt)");
    readonly Option<string?> _profile = Text("--profile", "NAME", "profile (default: what dbt_project.yml says)");
    readonly Option<string?> _target = Text("--target", "NAME", "output of the profile (default: what the profile says)", "-t");
    readonly Option<string?> _targetPath = Text("--target-path", "FOLDER", "folder of artifacts (default: target)");
    readonly Option<string?> _logPath = Text("--log-path", "FOLDER", "folder of dbt.log (default: logs)");
    readonly Option<string?> _vars = Text("--vars", "YAML", "variables, which win: '{day: 2026-01-31}'");
    readonly Option<string?> _logFormat = Text("--log-format", "FORMAT", "lines on standard output: text, json");
    readonly Switch _colours = new("--use-colors", "colour lines (default: on a terminal without NO_COLOR)", "DBT_USE_COLORS");
    readonly Switch _failFast = new("--fail-fast", "stop at the first failure", "DBT_FAIL_FAST", "-x");
    readonly Switch _warnError = new("--warn-error", "warnings are errors", "DBT_WARN_ERROR", both: false);
    readonly Option<string?> _warnErrorOptions = Text("--warn-error-options", "YAML", "which of them: '{error: all, warn: [QN7160], silence: []}'");
    readonly Option<string?> _logLevel = Text("--log-level", "LEVEL", "least level on standard output: debug, info, warn, error, none");
    readonly Option<string?> _logLevelFile = Text("--log-level-file", "LEVEL", "least level in dbt.log (default: debug)");
    readonly Option<string?> _logFormatFile = Text("--log-format-file", "FORMAT", "lines in dbt.log: text, json");
    readonly Switch _debug = new("--debug", "taken, and changes nothing: the log file has all lines", null, "-d");
    readonly IReadOnlyList<Option> _ignored = [.. IgnoredOptions.All()];

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All =>
    [
        _projectDir, _profilesDir, _profile, _target, _targetPath, _logPath, _vars, _logFormat, _logLevel, _logLevelFile, _logFormatFile, .. _colours.Options, .. _failFast.Options,
        .. _warnError.Options, _warnErrorOptions, .. _debug.Options, .. _ignored,
    ];

    /// <summary>What the caller asked for.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="which">The verb.</param>
    /// <exception cref="QuernException">QN1005 and others, exit code 2: a value that is none.</exception>
    public Invocation Invocation(CommandContext context, string which)
    {
        var invocation = new Invocation
        {
            ProjectFolder = ProjectFolder(context),
            WorkingDirectory = context.Surroundings.Directory,
            Which = which,
            ProfilesFolder = Given(context, _profilesDir, "DBT_PROFILES_DIR"),
            Profile = Given(context, _profile, "DBT_PROFILE"),
            Target = Given(context, _target, "DBT_TARGET"),
            TargetPath = Given(context, _targetPath, "DBT_TARGET_PATH") is { } path ? context.Path(path) : null,
            Vars = Given(context, _vars, "DBT_VARS") is { } text ? YamlText.ReadMap(text, "--vars") : new Dict(),
            FailFast = _failFast.Read(context) ?? false,
            WarnError = WarnErrors(context).IsError(WarnErrorOptions.TestResult),
            Threads = context.Globals.HasThreads ? context.Globals.Threads : null,
            Secrets = context.Surroundings.Secrets,
            Environment = context.Surroundings.Variables.GetValueOrDefault,
            Time = context.Time,
            StartedAt = context.Time.GetUtcNow(),
        };
        Note(context, invocation);
        return invocation;
    }

    /// <summary>Adds what the project's own files say where the caller says nothing: flags of dbt_project.yml, quern.yml.</summary>
    /// <exception cref="QuernException">Exit code 2: one of them is not right.</exception>
    public (CommandContext Context, QuernOptions Options) Settle(CommandContext context)
    {
        var folder = ProjectFolder(context);
        var options = QuernOptions.Read(folder);
        var defaults = ProjectFlags.Read(folder);
        var globals = context.Globals;
        if (options.Memory is { } memory && !globals.HasMemory)
            globals = globals with { Memory = memory, MemoryChosenBy = QuernOptions.FileName, HasMemory = true };
        var settled = context.With(globals, defaults);
        return Switch.Read(settled, "DBT_QUIET") is true ? (context.With(globals with { Quiet = true }, defaults), options) : (settled, options);
    }

    /// <summary>Where lines go and in which form.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="id">Name of the run.</param>
    /// <param name="beside">Lines go to standard error, as standard output has data.</param>
    /// <exception cref="QuernException">QN1005: a format that is none.</exception>
    public RunLog Log(CommandContext context, Guid id, bool beside)
    {
        var format = Format(context, _logFormat, "DBT_LOG_FORMAT");
        var levels = new LogThresholds(
            Level(context, _logLevel, "DBT_LOG_LEVEL", LogLevel.Info),
            Level(context, _logLevelFile, "DBT_LOG_LEVEL_FILE", LogLevel.Debug),
            Format(context, _logFormatFile, "DBT_LOG_FORMAT_FILE"));
        var colours = _colours.Read(context);
        var ink = colours is { } said ? new Terminal.Ink(said) : beside ? context.Screen.Ink : context.Screen.DataInk;
        return new RunLog(context.Surroundings, context.Globals.Json ? LogFormat.None : format, context.Globals.Quiet, ink, id, beside, levels);
    }

    /// <summary>Which warnings are errors.</summary>
    /// <exception cref="QuernException">QN1005: not to be read.</exception>
    public WarnErrorOptions WarnErrors(CommandContext context) =>
        WarnErrorOptions.Read(Given(context, _warnErrorOptions, "DBT_WARN_ERROR_OPTIONS"), _warnError.Read(context) ?? false);

    /// <summary>Absolute path of the log file of a project.</summary>
    public string LogFile(CommandContext context, string projectFolder) =>
        Path.Combine(Given(context, _logPath, "DBT_LOG_PATH") is { } path ? context.Path(path) : Path.Combine(projectFolder, "logs"), "dbt.log");

    /// <summary>Value of an option, or of its environment variable; null for neither.</summary>
    public static string? Given(CommandContext context, Option<string?> option, string variable) =>
        context.Value(option) ?? context.Variable(variable);

    /// <summary>An option with a value.</summary>
    public static Option<string?> Text(string name, string help, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = help, Description = description };

    // By dbt's names, for artifacts, `invocation_args_dict` and a retry.
    void Note(CommandContext context, Invocation invocation)
    {
        var arguments = invocation.Arguments;
        DbtArguments.Add(arguments, context, _ignored);
        arguments["invocation_command"] = context.Words;
        arguments["quiet"] = context.Globals.Quiet;
        arguments["use_colors"] = _colours.Read(context) ?? true;
        arguments["log_format"] = Given(context, _logFormat, "DBT_LOG_FORMAT") ?? "default";
        foreach (var (name, option) in new[] { ("log_level", _logLevel), ("log_level_file", _logLevelFile), ("log_format_file", _logFormatFile) })
            if (Given(context, option, "DBT_" + name.ToUpperInvariant()) is { } given) arguments[name] = given;
        if (Given(context, _warnErrorOptions, "DBT_WARN_ERROR_OPTIONS") is { } options) arguments["warn_error_options"] = YamlText.Read(options, "--warn-error-options");
        arguments["log_path"] = Path.GetDirectoryName(LogFile(context, invocation.ProjectFolder));
        arguments["debug"] = _debug.Read(context) ?? false;
        arguments["which"] = invocation.Which;
        arguments["project_dir"] = invocation.ProjectFolder;
        arguments["profiles_dir"] = invocation.ProfilesFolder is { } profiles ? context.Path(profiles) : null;
        arguments["profile"] = invocation.Profile;
        arguments["target"] = invocation.Target;
        arguments["target_path"] = invocation.TargetPath;
        arguments["vars"] = invocation.Vars;
        arguments["fail_fast"] = invocation.FailFast;
        arguments["warn_error"] = invocation.WarnError;
        arguments["threads"] = invocation.Threads is { } threads ? (long)threads : null;
    }

    // As dbt looks for it: here, then in each folder above; here, when there is none, so that the message names it.
    string ProjectFolder(CommandContext context)
    {
        var here = context.Surroundings.Directory;
        if (Given(context, _projectDir, "DBT_PROJECT_DIR") is { } given) return context.Path(given);
        for (var folder = here; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "dbt_project.yml"))) return folder;
        return here;
    }

    static LogFormat Format(CommandContext context, Option<string?> option, string variable) => Given(context, option, variable) switch
    {
        null or "text" or "default" or "debug" => LogFormat.Text,
        "json" => LogFormat.Json,
        var other => throw NoFormat(option.Name, other),
    };

    static LogLevel Level(CommandContext context, Option<string?> option, string variable, LogLevel standard) => Given(context, option, variable) switch
    {
        null => standard,
        var name when Enum.TryParse<LogLevel>(name, ignoreCase: true, out var level) && !char.IsAsciiDigit(name[0]) => level,
        var other => throw new QuernException(new Fault("QN1005", "not a level of the log")
        {
            Where = option.Name,
            Value = $"\"{other}\"",
            Wanted = "debug, info, warn, error or none",
            ExitCode = ExitCode.Usage,
        }),
    };

    static QuernException NoFormat(string option, string value) => new(new Fault("QN1005", "not a format of the log")
    {
        Where = option,
        Value = $"\"{value}\"",
        Wanted = "text or json",
        ExitCode = ExitCode.Usage,
    });
}
