using System.CommandLine;
using Quern.Cli.Projects;
using Quern.Cli.Reporting;
using Quern.Projects;

namespace Quern.Cli.Commands;

/// <summary>A verb on a project: what all of them share, which is nearly everything around the work itself.</summary>
abstract class ProjectVerb : Verb
{
    readonly ProjectOptions _project = new();

    /// <summary>Its own options.</summary>
    protected virtual IReadOnlyList<Option> Own => [];

    /// <summary>The verb as artifacts and <c>flags.WHICH</c> name it. Default: as it is called.</summary>
    protected virtual string Which => Path;

    public sealed override IReadOnlyList<Option> Options => [.. Own, .. _project.All];

    public override string Memory => "a share of --memory is the engine's; beyond that it writes to disk";

    public sealed override ExitCode Execute(CommandContext context)
    {
        (context, var options) = _project.Settle(context);
        var invocation = Complete(context, _project.Invocation(context, Which));
        var warnErrors = _project.WarnErrors(context);
        using var log = _project.Log(context, invocation.Id, HasData);
        ProjectWork? work = null;
        return context.RunInLines(
            run =>
            {
                invocation = invocation with
                {
                    Log = (text, isForPeople) => log.Say(text, isForPeople ? LogLevel.Info : LogLevel.Debug, "JinjaLogInfo"),
                    Warn = (code, text) =>
                    {
                        if (warnErrors.IsSilent(code)) return;
                        if (warnErrors.IsError(code)) throw new QuernException(new Fault(code, text) { ExitCode = ExitCode.Usage });
                        log.Say(ink => $"[{ink.Odd("WARNING")}]: {text}", LogLevel.Warn, code);
                        run.Warn(code, invocation.Secrets.Hide(text));
                    },
                };
                if (!context.Globals.Explain) Keep(log, run, _project.LogFile(context, invocation.ProjectFolder), invocation.ProjectFolder);
                using (work = new ProjectWork(context, run, invocation, log) { Options = options }) Start(work);
            },
            fault => Tell(fault, log),
            () => work?.Answer);
    }

    /// <summary>Adds what the verb's own options ask for.</summary>
    protected virtual Invocation Complete(CommandContext context, Invocation invocation) => invocation;

    /// <summary>Does the work; what it says goes to the log.</summary>
    protected abstract void Work(ProjectWork work);

    /// <summary>What would be done, in words or as JSON; nothing is written. Default: the work, for verbs that only look.</summary>
    protected virtual void Explain(ProjectWork work) => Work(work);

    void Start(ProjectWork work)
    {
        if (work.Context.Globals.Explain)
        {
            Explain(work);
            return;
        }
        if (!HasData) work.Log.Say($"Running with quern={Surroundings.Version}", name: "MainReportVersion");
        Work(work);
    }

    /// <summary>Whether standard output has data and lines go to standard error. Default: no.</summary>
    protected virtual bool HasData => false;

    // Nodes that failed have been named in lines; any other fault is told on standard error, and kept in the log.
    static bool Tell(Fault fault, RunLog log)
    {
        if (fault.Code == ProjectWork.NodesFailed) return true;
        log.Fail(fault.ToString());
        return false;
    }

    static void Keep(RunLog log, Running.Run run, string file, string projectFolder)
    {
        if (!File.Exists(System.IO.Path.Combine(projectFolder, "dbt_project.yml"))) return;
        try
        {
            log.KeepIn(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            run.Warn("QN7302", "the log file cannot be written");
        }
    }
}
