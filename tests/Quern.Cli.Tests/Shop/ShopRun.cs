using System.Text.Json;

namespace Quern.Cli.Tests.Shop;

/// <summary>The shop project, run step by step on the same database; a step is run when it or a later one is asked for.</summary>
public sealed class ShopRun : IDisposable
{
    readonly ProjectDesk _desk = new(ExpectedStep.Case("shop/project"));
    readonly List<StepTaken> _taken = [];
    readonly Lock _lock = new();

    /// <summary>What a step left.</summary>
    internal StepTaken After(string name)
    {
        lock (_lock)
        {
            var index = Enumerable.Range(0, ExpectedStep.All.Count).First(i => ExpectedStep.All[i].Name == name);
            while (_taken.Count <= index) _taken.Add(Take(ExpectedStep.All[_taken.Count]));
            return _taken[index];
        }
    }

    public void Dispose() => _desk.Dispose();

    StepTaken Take(ExpectedStep step)
    {
        var results = _desk.Here.Path("target/run_results.json");
        if (File.Exists(results)) File.Delete(results);
        var ended = _desk.Quern(step.Command["dbt ".Length..], step.Variables);
        using var database = step.Relations is null || !File.Exists(_desk.Here.Path("shop.duckdb")) ? null : _desk.Open("shop.duckdb");
        return new StepTaken(ended, database?.Relations() ?? new Dictionary<string, StoredRelation>(), File.Exists(results) ? _desk.RunResults() : null);
    }
}

/// <summary>What a step left.</summary>
/// <param name="Ended">The process.</param>
/// <param name="Relations">Every table and view, where they are compared.</param>
/// <param name="Results">run_results.json; null when the step wrote none.</param>
sealed record StepTaken(Ended Ended, IReadOnlyDictionary<string, StoredRelation> Relations, JsonElement? Results);
