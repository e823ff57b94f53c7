using System.CommandLine;
using Quern.Projects;
using Quern.Projects.Times;

namespace Quern.Cli.Projects;

/// <summary>The options by which a run takes a part of the data only: of event time, a sample, or no rows at all.</summary>
sealed class EventTimeOptions
{
    readonly Switch _empty = new("--empty", "read no rows of inputs: everything is built empty", "DBT_EMPTY");
    readonly Option<string?> _sample = ProjectOptions.Text("--sample", "SPAN", "read this event time of inputs only: '3 days', '{start: ..., end: ...}'");
    readonly Option<string?> _start = ProjectOptions.Text("--event-time-start", "TIME", "build microbatch models from here: 2026-01-31");
    readonly Option<string?> _end = ProjectOptions.Text("--event-time-end", "TIME", "build microbatch models up to here, not included");

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [.. _empty.Options, _sample, _start, _end];

    /// <summary>The invocation with what the caller says.</summary>
    /// <exception cref="QuernException">QN7198, exit code 2: no time, or a start that is not before the end; QN1007: only one of the two.</exception>
    public Invocation Complete(CommandContext context, Invocation invocation)
    {
        var (first, last) = (ProjectOptions.Given(context, _start, "DBT_EVENT_TIME_START"), ProjectOptions.Given(context, _end, "DBT_EVENT_TIME_END"));
        if (first is null != last is null) throw Half(first is null ? "--event-time-start" : "--event-time-end");
        DateTime? start = first is null ? null : EventTimes.Read(first, "--event-time-start");
        DateTime? end = last is null ? null : EventTimes.Read(last, "--event-time-end");
        if (start >= end) throw Backwards(first!, last!);
        var sample = ProjectOptions.Given(context, _sample, "DBT_SAMPLE");
        var isEmpty = _empty.Read(context) ?? false;
        invocation.Arguments["empty"] = isEmpty;
        invocation.Arguments["sample"] = sample;
        invocation.Arguments["event_time_start"] = first;
        invocation.Arguments["event_time_end"] = last;
        return invocation with
        {
            Empty = isEmpty,
            EventTimeStart = start,
            EventTimeEnd = end,
            Sample = sample is null ? null : EventTimes.ReadSample(sample, invocation.StartedAt.UtcDateTime),
        };
    }

    static QuernException Half(string missing) => new(new Fault("QN1007", "a span of event time has a start and an end")
    {
        Where = missing,
        Try = ["--event-time-start 2026-01-01 --event-time-end 2026-02-01"],
        ExitCode = ExitCode.Usage,
    });

    static QuernException Backwards(string start, string end) => new(new Fault("QN7198", "not a time, or a span of time")
    {
        Where = "--event-time-start, --event-time-end",
        Value = $"{start}, {end}",
        Wanted = "a start before the end",
        ExitCode = ExitCode.Usage,
    });
}
