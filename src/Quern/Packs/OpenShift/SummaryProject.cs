using Quern.Jinja.Values;
using Quern.Models;
using Quern.Projects;
using Quern.Running;

namespace Quern.Packs.OpenShift;

/// <summary>The pack's project, for the database in memory that a run works in. Its settings are read on another thread from the
/// beginning on: opening the engine takes as long.</summary>
sealed class SummaryProject
{
    /// <summary>The project, its source and its schema.</summary>
    const string Name = "openshift";

    readonly Invocation _invocation;
    readonly CancellationToken _cancel;
    readonly Task<ProjectSet> _set;

    /// <summary>Begins to read the project. Its templates see neither the environment nor a profile.</summary>
    public SummaryProject(Run run, SummaryRequest request)
    {
        _cancel = run.Cancellation;
        _invocation = new Invocation
        {
            ProjectFolder = request.PackFolder,
            WorkingDirectory = request.BaseDirectory,
            Which = "summarize",
            GivenTarget = new Target { ProfileName = Name, Name = Name, Database = "memory", Threads = request.Threads },
            Functions = [BatchMark.Function],
            Environment = _ => null,
            Time = run.Time,
            StartedAt = run.Time.GetUtcNow(),
            Warn = (code, sentence) => run.Warn(code, sentence),
        };
        _set = Task.Run(() => ProjectLoader.LoadSet(_invocation));
    }

    /// <summary>Id of a model of the project.</summary>
    public static string ModelId(string name) => $"model.{Name}.{name}";

    /// <summary>Id of a table of the project's source.</summary>
    public static string SourceId(string table) => $"source.{Name}.{Name}.{table}";

    /// <summary>Reads the models.</summary>
    /// <param name="variables">The variables of the run.</param>
    /// <exception cref="QuernException">Exit code 2: something in the pack is not right.</exception>
    public LoadedProject Load(Dict variables) =>
        ProjectLoader.Load(_invocation with { Vars = variables }, _set.GetAwaiter().GetResult(), _cancel);
}
