using Quern.Delivery;

namespace Quern.Loading;

/// <summary>Which options do something where. One that would do nothing is refused: whoever gives it counts on it.</summary>
static class LoadOptions
{
    const string Server = "postgres://...";
    const string Light = "a name that ends in .sqlite";
    const string Bases = "a database: postgres://..., or NAME.sqlite";

    static readonly TimeSpan UsualRetry = TimeSpan.FromMinutes(2);
    static readonly TimeSpan UsualLock = TimeSpan.FromSeconds(30);

    /// <summary>An option.</summary>
    /// <param name="Name">As the user writes it.</param>
    /// <param name="IsGiven">Whether a request has it.</param>
    /// <param name="In">Where it does something.</param>
    /// <param name="Wanted">What would make it do something.</param>
    internal sealed record Entry(string Name, Func<LoadRequest, bool> IsGiven, LoadPlaces In, string Wanted);

    /// <summary>By the kind of the destination.</summary>
    internal static IReadOnlyList<Entry> ByPlace { get; } =
    [
        new("--mode append", r => r.Mode == LoadMode.Append, LoadPlaces.Postgres | LoadPlaces.Sqlite | LoadPlaces.Parts, Bases),
        new("--mode merge", r => r.Mode == LoadMode.Merge, LoadPlaces.Postgres | LoadPlaces.Sqlite, Bases),
        new("--key", r => r.Keys.Count > 0, LoadPlaces.Postgres | LoadPlaces.Sqlite | LoadPlaces.Parts, Bases),
        new("--index", r => r.Indexes.Count > 0, LoadPlaces.Postgres | LoadPlaces.Sqlite | LoadPlaces.Parts, Bases),
        new("--dedupe", r => r.Dedupe is not null, LoadPlaces.Postgres | LoadPlaces.Sqlite, Bases),
        new("--schema-contract evolve", r => r.Evolves, LoadPlaces.Postgres | LoadPlaces.Sqlite, Bases),
        new("--on-nul", r => r.StripNul, LoadPlaces.Postgres | LoadPlaces.Sqlite | LoadPlaces.Parts, Bases),
        new("--lock-timeout", r => r.LockTimeout != UsualLock, LoadPlaces.Postgres | LoadPlaces.Sqlite, Bases),
        new("--partition-by", r => r.PartitionBy is not null, LoadPlaces.Postgres, Server),
        new("--geometry", r => r.Geometry.Count > 0, LoadPlaces.Postgres, Server),
        new("--drop-z", r => r.DropZ, LoadPlaces.Postgres, Server),
        new("--on-nanos", r => r.CutNanos, LoadPlaces.Postgres, Server),
        new("--batch-rows", r => r.BatchRows is not null, LoadPlaces.Postgres, Server),
        new("--retry-for", r => r.RetryBudget != UsualRetry, LoadPlaces.Postgres, Server),
        new("--connections", r => r.Connections is not null, LoadPlaces.Postgres | LoadPlaces.Parts,
            "postgres://..., or NAME.sqlite/ with a slash at its end"),
        new("--max-rows", r => r.MaxRows is not null, LoadPlaces.Parts, $"{Light}/ with a slash at its end"),
        new("--decimal real", r => r.DecimalsAreReal, LoadPlaces.Sqlite | LoadPlaces.Parts, Light),
        new("--method", r => r.Method is LoadMethod.SingleFile or LoadMethod.Partitioned, LoadPlaces.Sqlite | LoadPlaces.Parts, Light),
        new("--method", r => r.Method is LoadMethod.Copy or LoadMethod.Async or LoadMethod.Standard, LoadPlaces.Postgres, Server),
        new("--method", r => r.Method == LoadMethod.Optimized, LoadPlaces.Postgres | LoadPlaces.Sqlite | LoadPlaces.Parts, Bases),
    ];

    /// <summary>By what else is asked for.</summary>
    internal static IReadOnlyList<Entry> ByOthers { get; } =
    [
        new("--dedupe", r => r.Dedupe is not null && r.Keys.Count == 0, LoadPlaces.None, "--key A,B beside it"),
        new("--key", r => r.Keys.Count > 0 && r.Dedupe is null && r.Mode is null or LoadMode.Append, LoadPlaces.Parts,
            "--mode replace or --mode merge"),
        new("--key", r => r.Keys.Count > 0 && r.Dedupe is null && r.Mode == LoadMode.Create,
            LoadPlaces.Postgres | LoadPlaces.Parts, "--index A,B"),
        new("--index", r => r.Indexes.Count > 0 && r.Mode is null or LoadMode.Append, LoadPlaces.Sqlite | LoadPlaces.Parts,
            "--mode create: indexes of a table that is there are left alone"),
        new("--geometry", r => r.Geometry.Count > 0 && r.Mode is null or LoadMode.Append, LoadPlaces.None,
            "--mode create: columns of a table that is there are as they are"),
        new("--connections", r => r.Connections > 1 && r.Method is not (LoadMethod.Auto or LoadMethod.Async), LoadPlaces.Parts,
            "--method async"),
        new("--batch-rows", r => r.BatchRows is not null && r.Method == LoadMethod.Standard, LoadPlaces.None, "--method optimized"),
    ];

    /// <summary>Refuses what would do nothing.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="place">The kind of its destination.</param>
    /// <param name="refused">Makes the fault of an option and what would make it do something.</param>
    public static void Check(LoadRequest request, LoadPlaces place, Func<string, string, QuernException> refused)
    {
        if (ByPlace.Concat(ByOthers).FirstOrDefault(e => !e.In.HasFlag(place) && e.IsGiven(request)) is { } idle)
            throw refused(idle.Name, idle.Wanted);
    }
}
