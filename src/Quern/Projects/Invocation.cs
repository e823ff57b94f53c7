using Quern.Jinja.Values;
using Quern.Projects.Times;

namespace Quern.Projects;

/// <summary>What the caller asked for: what templates see as <c>flags</c>, <c>var</c>, <c>env_var</c>, <c>target</c> and the time.</summary>
public sealed record Invocation
{
    /// <summary>Absolute path of the folder with dbt_project.yml.</summary>
    public required string ProjectFolder { get; init; }

    /// <summary>Absolute path of the working directory: relative paths in profiles and sources begin here.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The verb: <c>build</c>; <c>flags.WHICH</c>.</summary>
    public required string Which { get; init; }

    /// <summary>Folder of profiles.yml as given; null to search (specification section 3.11).</summary>
    public string? ProfilesFolder { get; init; }

    /// <summary>Profile asked for; null for the project's.</summary>
    public string? Profile { get; init; }

    /// <summary>Target asked for; null for the profile's.</summary>
    public string? Target { get; init; }

    /// <summary>Where the project runs when the caller says so itself: then no profiles.yml is looked for. Default: null.</summary>
    public Target? GivenTarget { get; init; }

    /// <summary>Functions of the caller that templates see beside the usual ones, below macros. Default: none.</summary>
    public IReadOnlyList<Function> Functions { get; init; } = [];

    /// <summary>Folder of artifacts asked for; null for the project's.</summary>
    public string? TargetPath { get; init; }

    /// <summary>Variables of the command line, which win.</summary>
    public Dict Vars { get; init; } = new();

    /// <summary>Rebuild incremental models and seeds from nothing.</summary>
    public bool FullRefresh { get; init; }

    /// <summary>Keep failing rows of tests as tables; null to leave it to configuration.</summary>
    public bool? StoreFailures { get; init; }

    /// <summary>Read no rows of inputs: every ref and source is empty (<c>--empty</c>).</summary>
    public bool Empty { get; init; }

    /// <summary>Begin of the event time that models of strategy microbatch are built for; null for what they say themselves.</summary>
    public DateTime? EventTimeStart { get; init; }

    /// <summary>End of the event time that models of strategy microbatch are built for; null for now.</summary>
    public DateTime? EventTimeEnd { get; init; }

    /// <summary>The event time of which inputs are read (<c>--sample</c>); null for all.</summary>
    public EventWindow? Sample { get; init; }

    /// <summary>Whether a ref to a relation that is not there means that of another run (<c>--defer</c>). Default: no.</summary>
    public bool Defers { get; init; }

    /// <summary>Whether, when <see cref="Defers"/>, refs to what is not selected always mean that of another run. Default: no.</summary>
    public bool FavorsState { get; init; }

    /// <summary>Absolute folder of the artifacts of another run, for <see cref="Defers"/>; null for none.</summary>
    public string? DeferFolder { get; init; }

    /// <summary>Stop at the first failure.</summary>
    public bool FailFast { get; init; }

    /// <summary>Turn warnings into errors.</summary>
    public bool WarnError { get; init; }

    /// <summary>Nodes at a time; null for the profile's.</summary>
    public int? Threads { get; init; }

    /// <summary>All arguments by dbt's names, for <c>invocation_args_dict</c> and run_results.json.</summary>
    public Dict Arguments { get; init; } = new();

    /// <summary>Reads an environment variable; null when it is not set.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>What no artifact and no compiled file may show: values of secret environment variables. Those that profiles.yml and packages.yml
    /// read are added. Default: none yet.</summary>
    public Secrets Secrets { get; init; } = new();

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Name of this run in templates and artifacts.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>When the run began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Takes what <c>log</c> and <c>print</c> say: true when it is meant for people, not only the log file.</summary>
    public Action<string, bool> Log { get; init; } = (_, _) => { };

    /// <summary>Takes warnings: code and sentence.</summary>
    public Action<string, string> Warn { get; init; } = (_, _) => { };
}
