namespace Quern.Packs.OpenShift;

/// <summary>What a daily summary is about: the cluster, the days and the three reference tables.</summary>
public sealed record SummaryParameters
{
    /// <summary>First day, included, UTC.</summary>
    public DateOnly Start { get; init; }

    /// <summary>Last day, included, UTC.</summary>
    public DateOnly End { get; init; }

    /// <summary>The source the reports come from; a value of every row.</summary>
    public Guid SourceUuid { get; init; }

    /// <summary>A value of every row. Default: empty.</summary>
    public string ClusterId { get; init; } = "";

    /// <summary>A value of every row. Default: empty.</summary>
    public string ClusterAlias { get; init; } = "";

    /// <summary>A value of every row; null is written as NULL. Default: null.</summary>
    public int? ReportPeriodId { get; init; }

    /// <summary>Label keys to keep, exact and case-sensitive; none keeps no label at all.</summary>
    public IReadOnlyList<string> EnabledTagKeys { get; init; } = [];

    /// <summary>Patterns of namespaces and their categories.</summary>
    public IReadOnlyList<CostCategory> CostCategories { get; init; } = [];

    /// <summary>Roles of the nodes; ignored when <see cref="DeriveRoles"/> is set.</summary>
    public IReadOnlyList<NodeRole> Nodes { get; init; } = [];

    /// <summary>
    /// Derive the roles from the reports (specification section 2.5) instead of reading <see cref="Nodes"/>. Default: false.
    /// </summary>
    public bool DeriveRoles { get; init; }

    /// <summary>Checks that the parameters can be run.</summary>
    /// <exception cref="QuernException">A value is missing or contradicts another (QN1101 to QN1103).</exception>
    public void Check()
    {
        if (Start == default) throw Missing("start_date", "--start 2025-10-01");
        if (End == default) throw Missing("end_date", "--end 2025-10-31");
        if (SourceUuid == Guid.Empty) throw Missing("source_uuid", "--source-uuid 6e212746-484a-40cd-bba0-09a19d132d64");
        if (End < Start)
        {
            throw new QuernException(new Fault("QN1102", "the last day is before the first")
            {
                Where = "start_date and end_date",
                Value = FormattableString.Invariant($"{Start:yyyy-MM-dd} to {End:yyyy-MM-dd}"),
                Try = ["swap the two; both days are included"],
                ExitCode = ExitCode.Usage,
            });
        }
        Unique("enabled_tag_keys", EnabledTagKeys);
        Unique("cost_categories", CostCategories.Select(c => c.Namespace));
        Unique("nodes", Nodes.Select(n => $"{n.Node}, {n.ResourceId}"));
    }

    static void Unique(string where, IEnumerable<string> ids)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (seen.Add(id)) continue;
            throw new QuernException(new Fault("QN1103", "an entry is there twice")
            {
                Where = where,
                Value = $"\"{id}\"",
                Try = ["remove one of the two: which of them counts must not depend on their order"],
                ExitCode = ExitCode.Usage,
            });
        }
    }

    static QuernException Missing(string field, string option) => new(new Fault("QN1101", $"{field} is missing")
    {
        Where = "quern openshift summarize",
        Try = [option, $"\"{field}\" in the file that --params names"],
        ExitCode = ExitCode.Usage,
    });
}
