namespace Quern.Fuzz;

/// <summary>How long, from where, and into which folders.</summary>
sealed record FuzzPlan
{
    /// <summary>Makes the same inputs again, as far as novelty does not depend on the process (<see cref="CountsMethods"/>).</summary>
    public required int Seed { get; init; }

    /// <summary>Wall time of a target; its seeds are tried in any case.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>Folder of the seeds, with a folder for each target.</summary>
    public required string Corpus { get; init; }

    /// <summary>Folder that gets the inputs of findings.</summary>
    public required string Findings { get; init; }

    /// <summary>An input after which the thread ran a method that never ran before is kept, too. Default: false.</summary>
    public bool CountsMethods { get; init; }

    /// <summary>Findings of a target, each of another kind, after which it ends. Default: 1.</summary>
    public int MostFindings { get; init; } = 1;

    /// <summary>The most levels, or repetitions, of deep inputs. Default: 10,000.</summary>
    public int Deepest { get; init; } = 10_000;

    /// <summary>Processor seconds that an input may take. Default: 2.</summary>
    public double SlowSeconds { get; init; } = 2;

    /// <summary>Wall time after which an input hangs, on a machine that others use, too. Default: one minute.</summary>
    public TimeSpan Hang { get; init; } = TimeSpan.FromMinutes(1);
}
