using Quern.Jinja.Values;
using Quern.Yaml;

namespace Quern.Cli.Projects;

/// <summary>What <c>flags</c> of dbt_project.yml says, by the environment variables that it stands for when they are not set.</summary>
static class ProjectFlags
{
    static readonly string[] Switches = ["fail_fast", "warn_error", "use_colors", "quiet", "full_refresh", "store_failures"];

    static readonly string[] Texts = ["log_format", "log_level", "log_level_file", "log_format_file", "indirect_selection"];

    static readonly string[] Folders = ["target_path", "log_path"];

    /// <summary>Reads them; nothing where there is no such file, or one that cannot be read, which whoever loads the project tells.</summary>
    /// <param name="folder">Absolute path of the project's folder.</param>
    /// <exception cref="QuernException">QN1005, exit code 2: a flag that takes true or false has another value.</exception>
    public static IReadOnlyDictionary<string, string> Read(string folder)
    {
        var flags = Flags(Path.Combine(folder, "dbt_project.yml"));
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in flags)
        {
            if (key is not string name || value is null) continue;
            if (Switches.Contains(name)) variables[Variable(name)] = value is bool said ? (said ? "true" : "false") : throw NoSwitch(name, value);
            else if (name == "warn_error_options") variables[Variable(name)] = JsonText.Write(value, sortKeys: false);
            else if (value is string { Length: > 0 } text && Texts.Contains(name)) variables[Variable(name)] = text;
            else if (value is string { Length: > 0 } path && Folders.Contains(name)) variables[Variable(name)] = Path.GetFullPath(path, folder);
        }
        return variables;
    }

    static Dict Flags(string file)
    {
        try
        {
            return File.Exists(file) && YamlText.ReadMapFile(file, file)["flags"] is Dict flags ? flags : new Dict();
        }
        catch (QuernException)
        {
            return new Dict();
        }
    }

    static string Variable(string name) => "DBT_" + name.ToUpperInvariant();

    static QuernException NoSwitch(string name, object value) => new(new Fault("QN1005", "neither true nor false")
    {
        Where = $"dbt_project.yml, flags, {name}",
        Value = PythonText.Represent(value),
        Wanted = "true or false",
        ExitCode = ExitCode.Usage,
    });
}
