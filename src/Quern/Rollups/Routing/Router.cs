using System.Globalization;
using Quern.Folding.Expressions;
using Quern.Rollups.Queries;
using Quern.Rollups.Store;

namespace Quern.Rollups.Routing;

/// <summary>Picks the grain that answers a query by reading the fewest rows; of equals the smaller one, then the first by name.</summary>
/// <param name="columns">The columns of the fold.</param>
/// <param name="grains">The grains of the store.</param>
sealed class Router(FoldColumns columns, IReadOnlyList<StoredGrain> grains)
{
    readonly GrainMatcher _matcher = new(new TermMaps(columns));

    /// <summary>The grain that answers a query, without reasons for the others.</summary>
    public GrainMatch? Find(RollupQuery query)
    {
        GrainMatch? best = null;
        foreach (var grain in grains)
        {
            if (_matcher.Match(query, grain, out _) is { } match && (best is null || IsBetter(match, best))) best = match;
        }
        return best;
    }

    /// <summary>The grain that answers a query, and what is to be said of each.</summary>
    public Route Explain(RollupQuery query)
    {
        var matches = new List<GrainMatch>();
        var others = new List<Candidate>();
        foreach (var grain in grains)
        {
            if (_matcher.Match(query, grain, out var mismatch) is { } match) matches.Add(match);
            else others.Add(new Candidate(grain.Name, Keys(grain), grain.Rows, -1, mismatch!.Reason, mismatch.Change));
        }
        matches.Sort((a, b) => IsBetter(a, b) ? -1 : IsBetter(b, a) ? 1 : 0);
        var best = matches.Count > 0 ? matches[0] : null;
        return new Route(best, [.. matches.Select(m => new Candidate(m.Grain.Name, Keys(m.Grain), m.Grain.Rows, m.RowsToRead, Reason(m, best!), null)), .. others]);
    }

    static string? Reason(GrainMatch match, GrainMatch best) => ReferenceEquals(match, best) ? null
        : match.RowsToRead > best.RowsToRead
            ? string.Create(CultureInfo.InvariantCulture, $"could answer, but would read {match.RowsToRead:N0} rows, {best.Grain.Name} {best.RowsToRead:N0}")
        : match.Grain.Rows > best.Grain.Rows ? $"could answer by reading as many rows, but is larger than {best.Grain.Name}"
        : $"could answer as well as {best.Grain.Name}, which comes first by name";

    static string[] Keys(StoredGrain grain) => [.. grain.Keys.Select(k => k.Name)];

    static bool IsBetter(GrainMatch one, GrainMatch other)
    {
        if (one.RowsToRead != other.RowsToRead) return one.RowsToRead < other.RowsToRead;
        if (one.Grain.Rows != other.Grain.Rows) return one.Grain.Rows < other.Grain.Rows;
        return string.CompareOrdinal(one.Grain.Name, other.Grain.Name) < 0;
    }
}
