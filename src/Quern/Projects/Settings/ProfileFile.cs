using Quern.Jinja.Values;
using Quern.Yaml;

namespace Quern.Projects.Settings;

/// <summary>Finds profiles.yml and the output in it that a run uses (specification section 3.11).</summary>
static class ProfileFile
{
    const string FileName = "profiles.yml";

    /// <summary>Reads the output of a profile, rendered.</summary>
    /// <param name="invocation">What the caller asked for.</param>
    /// <param name="projectProfile">The profile that the project names; null when it names none.</param>
    /// <param name="templates">Renders its values.</param>
    /// <returns>Names of profile and output, the output, and how errors call it.</returns>
    /// <exception cref="QuernException">QN7171: there is no profiles.yml. QN7172: it does not have the profile or target.</exception>
    public static (string Profile, string Target, Dict Output, string Shown) Read(
        Invocation invocation, string? projectProfile, SettingsTemplates templates)
    {
        var profile = invocation.Profile ?? projectProfile ?? throw new QuernException(
            new Fault("QN7172", "the project names no profile")
            {
                Where = PackageReader.FileName,
                Try = ["add `profile: NAME` there", "--profile NAME"],
                ExitCode = ExitCode.Usage,
            });
        var path = Find(invocation, profile);
        var profiles = YamlText.ReadMap(PackageFiles.Text("", path), path);
        if (profiles[profile] is not Dict found) throw Unknown("the profile is not there", "profile", profile, path, Names(profiles, "config"));
        if (found["outputs"] is not Dict outputs)
        {
            throw new QuernException(new Fault("QN7172", "the profile has no outputs")
            {
                Where = $"{path}, {profile}",
                Try = ["write its targets under `outputs:`"],
                ExitCode = ExitCode.Usage,
            });
        }
        var name = invocation.Target
            ?? (invocation.Environment("DBT_TARGET") is { Length: > 0 } chosen ? chosen : null)
            ?? Texts.Of(templates.Render(found["target"], $"{path}, {profile}, target"))
            ?? "default";
        if (outputs[name] is not Dict output) throw Unknown("the target is not there", "target", name, $"{path}, {profile}", Names(outputs, null));
        var shown = $"{path}, {profile}.outputs.{name}";
        return (profile, name, (Dict)templates.Render(output, shown)!, shown);
    }

    static string Find(Invocation invocation, string profile)
    {
        var home = invocation.Environment("HOME") is { Length: > 0 } folder ? Path.Combine(folder, ".dbt") : null;
        var asked = invocation.ProfilesFolder ?? (invocation.Environment("DBT_PROFILES_DIR") is { Length: > 0 } set ? set : null);
        string?[] folders = asked is not null ? [asked] : [invocation.WorkingDirectory, invocation.ProjectFolder, home];
        var places = folders.OfType<string>().Select(f => Path.GetFullPath(Path.Combine(invocation.WorkingDirectory, f, FileName))).Distinct().ToList();
        return places.FirstOrDefault(File.Exists) ?? throw new QuernException(new Fault("QN7171", "there is no profiles.yml")
        {
            Where = string.Join(", ", places),
            Wanted = $"a profile named \"{profile}\"",
            Try = ["--profiles-dir FOLDER", "set DBT_PROFILES_DIR"],
            ExitCode = ExitCode.Usage,
        });
    }

    static List<string> Names(Dict dict, string? without) => [.. dict.Keys.OfType<string>().Where(k => k != without)];

    static QuernException Unknown(string what, string kind, string name, string where, List<string> known) => new(
        new Fault("QN7172", what)
        {
            Where = where,
            Value = $"\"{name}\"",
            Wanted = known.Count == 0 ? null : $"one of {string.Join(", ", known)}",
            Try = NearestName.Of(name, known) is { } near ? [$"--{kind} {near}"] : [],
            ExitCode = ExitCode.Usage,
        });
}
