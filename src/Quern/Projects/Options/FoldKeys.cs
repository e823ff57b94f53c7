namespace Quern.Projects.Options;

/// <summary>The keys of <c>sources</c> and <c>folds</c>: files, and the rollups that are made of them.</summary>
static class FoldKeys
{
    /// <summary>Ways to answer what no grain can.</summary>
    public static IReadOnlyList<string> Fallbacks { get; } = ["parquet", "raw", "none"];

    /// <summary>States that a measure can keep.</summary>
    public static IReadOnlyList<string> Keeps { get; } = ["sum", "count", "min", "max", "sum_squares", "distinct"];

    /// <summary>The key of sources with all below it.</summary>
    public static OptionKey Sources { get; } = new("sources", OptionKind.Named, "Files of one kind, by a name for them",
        new("files", OptionKind.Texts, "Paths and globs, from the folder of this file; --files wins"),
        new OptionKey("columns", OptionKind.NamedTexts,
            "All columns of the files in their order, each with a type of SQL, or epoch_s, epoch_ms, epoch_us for numbers since 1970 in UTC")
            with
        { IsNeeded = true });

    /// <summary>The key of folds with all below it.</summary>
    public static OptionKey Folds { get; } = new("folds", OptionKind.Named, "Rollups of a source, by a name for them",
        new OptionKey("from", OptionKind.Text, "The source") with { IsNeeded = true },
        new("zone", OptionKind.Text, "Zone in which moments fall into minutes, hours and days; UTC when left out"),
        new OptionKey("fallback", OptionKind.Word, "What answers a query that no grain can; parquet when left out") with { Words = Fallbacks },
        new("incremental", OptionKind.Flag, "Keep the parts of each file, so that new files can be folded in; false when left out"),
        new("where", OptionKind.Text, "Rows to keep, as a condition of SQL; all when left out"),
        new("derive", OptionKind.NamedTexts, "Columns made of others, as expressions of SQL and day(ts), hour(ts), minute(ts), week(ts), month(ts)"),
        new OptionKey("measures", OptionKind.Items, "What each group keeps: count, and of columns what is said",
            new OptionKey("of", OptionKind.Text, "The column") with { IsNeeded = true },
            new OptionKey("keep", OptionKind.Texts, "Some of " + string.Join(", ", Keeps) + "; the first four when left out") with { Words = Keeps })
            with
        { Words = ["count"] },
        new OptionKey("grains", OptionKind.NamedLists, "The groupings, by a name for each: lists of columns") with { IsNeeded = true });
}
