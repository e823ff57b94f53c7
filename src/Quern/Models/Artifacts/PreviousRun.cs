using Quern.Jinja.Values;
using Quern.Projects;
using Quern.Projects.Artifacts;
using Quern.Projects.Nodes;
using Quern.Projects.Selection;
using Quern.Projects.Times;
using Quern.Yaml;

namespace Quern.Models.Artifacts;

/// <summary>The run before this one, as far as <c>retry</c> goes on from it.</summary>
public sealed class PreviousRun
{
    static readonly string[] Verbs = ["build", "run", "test", "seed", "snapshot", "compile", "run-operation"];

    static readonly string[] Unfinished = ["error", "fail", "skipped", "runtime error", "partial success"];

    readonly PreviousResults _results;

    PreviousRun(PreviousResults results) => _results = results;

    /// <summary>The verb that ran.</summary>
    public string Verb => _results.Command!;

    /// <summary>Reads the run results of a folder.</summary>
    /// <param name="folder">Absolute path of the folder of artifacts.</param>
    /// <exception cref="QuernException">QN7163: there are none, or of a verb that has nothing to retry.
    /// QN7159: they cannot be read.</exception>
    public static PreviousRun Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.Combine(folder, ArtifactFile.RunResults);
        if (PreviousResults.Read(folder) is not { } results) throw Nothing(path, "the file; it is not there");
        if (results.Command is not { } verb || !Verbs.Contains(verb))
            throw Nothing(path, $"a run of {string.Join(", ", Verbs)}", results.Command);
        return new PreviousRun(results);
    }

    /// <summary>What failed or was skipped and is still in the project, parents before children; hooks run anyway. What is no longer
    /// there is warned of.</summary>
    public IReadOnlyList<Resource> Nodes(LoadedProject project)
    {
        ArgumentNullException.ThrowIfNull(project);
        return Nodes(project.Manifest, project.Invocation);
    }

    /// <summary>The options of that run put in place of the caller's, but for those that a caller may give anew: threads and
    /// variables.</summary>
    /// <param name="invocation">What the caller asked for: its threads and variables win when they are given.</param>
    public Invocation Apply(Invocation invocation)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var arguments = invocation.Arguments.Copy();
        foreach (var (name, value) in _results.Arguments) arguments[name] = JsonTree.Value(value);
        var vars = invocation.Vars.Count > 0 ? invocation.Vars : Vars(arguments["vars"]);
        arguments["vars"] = vars;
        if (invocation.Threads is { } given) arguments["threads"] = (long)given;
        return invocation with
        {
            Which = Verb,
            Vars = vars,
            FullRefresh = arguments["full_refresh"] is true,
            StoreFailures = arguments["store_failures"] as bool?,
            Empty = arguments["empty"] is true,
            Defers = arguments["defer"] is true,
            FavorsState = arguments["favor_state"] is true,
            DeferFolder = arguments["defer_state"] as string,
            EventTimeStart = arguments["event_time_start"] is string start ? EventTimes.Read(start, "--event-time-start") : null,
            EventTimeEnd = arguments["event_time_end"] is string end ? EventTimes.Read(end, "--event-time-end") : null,
            Sample = arguments["sample"] is string sample ? EventTimes.ReadSample(sample, invocation.StartedAt.UtcDateTime) : null,
            WarnError = invocation.WarnError || arguments["warn_error"] is true,
            FailFast = invocation.FailFast || arguments["fail_fast"] is true,
            Threads = invocation.Threads ?? (arguments["threads"] is long threads and > 0 and <= int.MaxValue ? (int)threads : null),
            Profile = invocation.Profile ?? arguments["profile"] as string,
            ProfilesFolder = invocation.ProfilesFolder ?? arguments["profiles_dir"] as string,
            Target = invocation.Target ?? arguments["target"] as string,
            Arguments = arguments,
        };
    }

    internal IReadOnlyList<Resource> Nodes(Manifest manifest, Invocation invocation)
    {
        var ids = _results.Statuses
            .Where(s => Unfinished.Contains(s.Value) || (invocation.WarnError && s.Value == "warn"))
            .Select(s => s.Key).Where(id => !id.StartsWith("operation.", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        foreach (var id in ids.Where(id => manifest.Find(id) is null).Order(StringComparer.Ordinal))
            invocation.Warn("QN7164", $"a node of the run before is no longer in the project: {id}");
        return [.. new ProjectGraph(manifest).Resources.Where(r => ids.Contains(r.Id))];
    }

    static Dict Vars(object? value) => value switch
    {
        Dict vars => vars,
        string text => YamlText.ReadMap(text, "--vars of the run before"),
        _ => new Dict(),
    };

    static QuernException Nothing(string path, string wanted, string? value = null) => new(
        new Fault("QN7163", "there is no run before this one to go on from")
        {
            Where = path,
            Value = value,
            Wanted = wanted,
            Try = ["quern build", "--state FOLDER with its run_results.json"],
            ExitCode = ExitCode.Usage,
        });
}
