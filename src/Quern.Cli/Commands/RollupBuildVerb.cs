using System.CommandLine;
using Quern.Rollups.Building;

namespace Quern.Cli.Commands;

/// <summary><c>quern rollup build</c>.</summary>
sealed class RollupBuildVerb : Verb
{
    readonly Option<string?> _project = Text("--project-dir", "FOLDER", "folder of the quern.yml (default: the current one)");
    readonly Option<string?> _fold = Text("--fold", "NAME", "which fold of quern.yml (default: the only one)");
    readonly Option<string?> _store = Text("--store", "FOLDER", "the store to make (default: store)");
    readonly Option<string?> _fallback = Text("--fallback", "KIND", "parquet, raw or none (default: as quern.yml says)");
    readonly Option<string?> _rejects = Text("--rejects", "FILE", "set rows aside here that cannot be read");
    readonly Option<string?> _maxRejects = Text("--max-rejects", "N|P%", "fail when more are set aside (default: any number)");
    readonly Option<string?> _export = Text("--export", "KIND", "the grains for others, too: arrow, arrow-uncompressed or duckdb");
    readonly Option<bool> _rebuild = new("--rebuild") { Description = "fold all files, even if they have not changed" };
    readonly Option<string?> _temp = Text("--temp", "FOLDER", "where temporary files go (default: the system's folder)");

    readonly Option<string[]> _files = new("--files")
    {
        HelpName = "FILES",
        Description = "files, folders or globs in quotes, in place of those of quern.yml",
        Arity = ArgumentArity.OneOrMore,
    };

    public override string Path => "rollup build";

    public override string Summary => "many rollups of big files in one pass";

    public override string Memory => "a few blocks for each thread; groups beyond --memory go to disk";

    public override string Help =>
        """
        Reads CSV once and folds it into all grains that quern.yml declares: groups
        with counts, sums, least and greatest values, in a store that
        quern rollup query answers from in milliseconds.
          quern rollup build --project-dir examples/ad-events --store store
          quern rollup build --files 'data/*.csv' --fallback raw --explain
        Files that have not changed since the last build are not read again. The
        store is replaced whole, or stays as it is. What no grain can answer is
        answered from the rows, which are written as Parquet in the same pass,
        unless --fallback says other.
        --export arrow writes STORE-arrow/GRAIN.arrow, --export duckdb STORE.duckdb.
        """;

    public override IReadOnlyList<Option> Options => [_project, _fold, _files, _store, _fallback, _export, _rebuild, _rejects, _maxRejects, _temp];

    public override ExitCode Execute(CommandContext context)
    {
        var request = new RollupBuildRequest
        {
            BaseDirectory = context.Surroundings.Directory,
            ProjectFolder = context.Value(_project) ?? ".",
            Fold = context.Value(_fold),
            Files = context.Value(_files) ?? [],
            Store = context.Value(_store) ?? "store",
            Fallback = context.Value(_fallback),
            Export = context.Value(_export),
            Rebuild = context.Value(_rebuild),
            Rejects = context.Value(_rejects),
            MaxRejects = context.Value(_maxRejects),
            Threads = context.Globals.Threads,
            TempDirectory = context.Value(_temp) is { } temp ? context.Path(temp) : null,
        };
        if (context.Globals.Explain) return context.Explain(run => new RollupBuild(run, request).Explain());
        var say = context.Globals.Quiet || context.Globals.Json ? (Action<string>?)null : context.Screen.Say;
        return context.Run(run => new RollupBuild(run, request) { Say = say }.Make());
    }

    static Option<string?> Text(string name, string help, string description) => new(name) { HelpName = help, Description = description };
}
