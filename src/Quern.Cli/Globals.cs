using System.CommandLine;
using System.Globalization;
using Quern.Budget;

namespace Quern.Cli;

/// <summary>The options that every verb has, before or after the verb.</summary>
/// <param name="Memory">What the whole process may hold.</param>
/// <param name="MemoryChosenBy">Who said so, for people.</param>
/// <param name="Threads">Worker threads, 1 or more.</param>
/// <param name="Json">The report, or the error, goes to standard output as JSON.</param>
/// <param name="Quiet">No progress and no summary; errors are still said.</param>
/// <param name="Explain">Print what would be done instead of doing it.</param>
/// <param name="Report">Absolute path of the report; null for none.</param>
sealed record Globals(
    MemorySize Memory, string MemoryChosenBy, int Threads, bool Json, bool Quiet, bool Explain, string? Report)
{
    /// <summary>Whether <c>--threads</c> was given.</summary>
    public bool HasThreads { get; init; }

    /// <summary>Whether <c>--memory</c> was given.</summary>
    public bool HasMemory { get; init; }

    /// <summary>Most threads that <c>--threads</c> takes.</summary>
    public const int MostThreads = 1024;

    static readonly Option<string> MemoryOption = new("--memory")
    {
        HelpName = "SIZE",
        Description = "the whole process stays under this: 512MB, 1.5GiB (default: 60% of the memory there is)",
        Recursive = true,
    };

    static readonly Option<string> ThreadsOption = new("--threads")
    {
        HelpName = "N",
        Description = "worker threads (default: one for each processor)",
        Recursive = true,
    };

    static readonly Option<bool> JsonOption = new("--json")
    {
        Description = "print the report, or the error, as JSON on standard output",
        Recursive = true,
        Arity = ArgumentArity.Zero,
    };

    static readonly Option<bool> QuietOption = new("--quiet", "-q")
    {
        Description = "no progress and no summary; errors are still said",
        Recursive = true,
        Arity = ArgumentArity.Zero,
    };

    static readonly Option<bool> ExplainOption = new("--explain")
    {
        Description = "print what would be done, with its memory, and do nothing",
        Recursive = true,
        Arity = ArgumentArity.Zero,
    };

    static readonly Option<string> ReportOption = new("--report")
    {
        HelpName = "FILE",
        Description = "write the report of the run here, also when it fails",
        Recursive = true,
    };

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Option> Options { get; } =
        [MemoryOption, ThreadsOption, JsonOption, QuietOption, ExplainOption, ReportOption];

    /// <summary>Reads them from a command line.</summary>
    /// <exception cref="QuernException">QN1010 or QN1005 for a value that is none; QN1011 when the machine's memory is unknown.</exception>
    public static Globals Read(ParseResult parsed, Surroundings surroundings)
    {
        var memory = parsed.GetValue(MemoryOption);
        return new Globals(
            memory is null ? MachineMemory.Read().DefaultLimit : MemorySize.Parse(memory, "--memory"),
            memory is null ? "default, 60% of what this machine allows" : "--memory",
            ReadThreads(parsed.GetValue(ThreadsOption)),
            parsed.GetValue(JsonOption),
            parsed.GetValue(QuietOption),
            parsed.GetValue(ExplainOption),
            ReportPath(parsed, surroundings))
        {
            HasMemory = memory is not null,
            HasThreads = parsed.GetValue(ThreadsOption) is not null,
        };
    }

    /// <summary>How the end is told, also of a command line that is wrong elsewhere.</summary>
    public static Outcome Outcome(ParseResult parsed, Surroundings surroundings) =>
        new(parsed.GetValue(JsonOption), parsed.GetValue(QuietOption), ReportPath(parsed, surroundings), surroundings);

    static string? ReportPath(ParseResult parsed, Surroundings surroundings)
    {
        // Without its value the option is an error of its own.
        if (parsed.GetResult(ReportOption) is not { Tokens: [var path, ..] }) return null;
        return Path.GetFullPath(path.Value, surroundings.Directory);
    }

    static int ReadThreads(string? text)
    {
        if (text is null) return Environment.ProcessorCount;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var threads) && threads is >= 1 and <= MostThreads)
            return threads;
        var processors = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        throw new QuernException(new Fault("QN1005", "not a number of threads")
        {
            Where = "--threads",
            Value = $"\"{text}\"",
            Wanted = string.Create(CultureInfo.InvariantCulture, $"a whole number, 1 to {MostThreads}"),
            Try = [$"--threads {processors}     this machine's processors; also what leaving it out means"],
            ExitCode = ExitCode.Usage,
        });
    }
}
