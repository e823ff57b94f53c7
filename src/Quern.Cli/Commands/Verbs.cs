namespace Quern.Cli.Commands;

/// <summary>The verbs, in the order of the help. A new one is one file beside this and one line here.</summary>
static class Verbs
{
    /// <summary>All verbs.</summary>
    public static IReadOnlyList<Verb> All { get; } =
    [
        new BuildVerb(),
        new RunVerb(),
        new TestVerb(),
        new SeedVerb(),
        new SnapshotVerb(),
        new CompileVerb(),
        new ShowVerb(),
        new ProfileVerb(),
        new LsVerb(),
        new ListVerb(),
        new ParseVerb(),
        new RunOperationVerb(),
        new RetryVerb(),
        new CloneVerb(),
        new SourceFreshnessVerb(),
        new DocsGenerateVerb(),
        new DocsServeVerb(),
        new DepsVerb(),
        new InitVerb(),
        new CleanVerb(),
        new DebugVerb(),
        new PeekVerb(),
        new ConvertVerb(),
        new LoadVerb(),
        new BenchLoadVerb(),
        new RollupBuildVerb(),
        new RollupQueryVerb(),
        new RollupExplainVerb(),
        new RollupSuggestVerb(),
        new RollupServeVerb(),
        new SchemaInferVerb(),
        new OpenShiftSummarizeVerb(),
        new CompletionVerb(),
    ];

    /// <summary>What the first words of two-word verbs stand for.</summary>
    public static IReadOnlyDictionary<string, string> Groups { get; } = new Dictionary<string, string>
    {
        ["docs"] = "manifest and catalog of a dbt project",
        ["bench"] = "measurements with your own data and server",
        ["rollup"] = "many aggregates in one pass, answered in milliseconds",
        ["schema"] = "what CSV files are, kept in a file",
        ["openshift"] = "OpenShift cost and usage reports",
        ["source"] = "sources of a dbt project",
    };
}
