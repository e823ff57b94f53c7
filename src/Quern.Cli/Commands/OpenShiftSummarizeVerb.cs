using System.CommandLine;
using Quern.Delivery;
using Quern.Delivery.Postgres.Address;
using Quern.Packs.OpenShift;

namespace Quern.Cli.Commands;

/// <summary><c>quern openshift summarize</c>.</summary>
sealed class OpenShiftSummarizeVerb : Verb
{
    readonly Option<string?> _params =
        Text("--params", "FILE", "JSON file with the fields below and the list of files; an option wins over it");

    readonly Option<string[]> _input =
        new("--input") { HelpName = "PATH", Description = "folder, glob, CSV, CSV.GZ or Parquet with the reports; may be repeated" };

    readonly Option<string[]> _to =
        new("--to") { HelpName = "PATH", Description = "NAME.duckdb, NAME.sqlite, NAME.parquet, NAME.csv, a folder, postgres://..., s3://...; may be repeated" };

    readonly Option<string?> _start = Text("--start", "DAY", "first day, included (start_date)");
    readonly Option<string?> _end = Text("--end", "DAY", "last day, included (end_date)");
    readonly Option<string?> _clusterId = Text("--cluster-id", "TEXT", "a value of every row (cluster_id)");
    readonly Option<string?> _clusterAlias = Text("--cluster-alias", "TEXT", "a value of every row (cluster_alias)");
    readonly Option<string?> _source = Text("--source-uuid", "UUID", "the source; its rows are replaced (source_uuid)");
    readonly Option<string?> _period = Text("--report-period-id", "N", "a value of every row (report_period_id)");
    readonly Option<string?> _tags = Text("--tag-keys", "A,B,...", "label keys to keep (enabled_tag_keys)");
    readonly Option<string?> _categories = Text("--cost-categories", "FILE", "JSON or CSV: namespace (a LIKE pattern), cost_category_id");
    readonly Option<string?> _nodes = Text("--nodes", "FILE", "JSON or CSV: node, resource_id, node_role");
    readonly Option<bool> _derive = new("--derive-roles") { Description = "derive the roles of nodes from the reports" };
    readonly Option<string?> _schema = Text("--schema", "NAME", "schema of the customer in PostgreSQL: org1234567");
    readonly Option<string?> _paramsFrom = Text("--params-from", "URL", "read tag keys, cost categories and nodes from this PostgreSQL");
    readonly Option<string?> _csvNull = Text("--csv-null", "TEXT", "how CSV spells NULL (default: empty)");
    readonly Option<bool> _allowEmpty = new("--allow-empty") { Description = "empty the days that have no rows, instead of leaving them" };
    readonly Option<string?> _temp = Text("--temp", "FOLDER", "where temporary files go (default: the system's folder)");

    public override string Path => "openshift summarize";

    public override string Summary => "daily usage summary of a cluster";

    public override string Memory => "follows the number of summary rows, up to --memory; beyond that on disk";

    public override string Help =>
        """
        Reads hourly usage reports of an OpenShift cluster (CSV, or the Parquet lake
        of the cost service) and writes table
        reporting_ocpusagelineitem_daily_summary: a row for each day, namespace, node
        and set of labels; for each volume; for the unallocated capacity of each node.
          quern openshift summarize --params month.json --to summary.duckdb
          quern openshift summarize --params month.json --input reports/ \
            --start 2025-10-01 --end 2025-10-07 --to week.parquet --to week.csv
        DuckDB: rows of the source and days are replaced, others stay. Parquet, CSV:
        replaced whole. Folder: a file for each day, in source=/year=/month=/day=.
        PostgreSQL: as DuckDB; the table and its months are made where they are
        missing.
        Reports are recognised by their columns. The report of the run lies beside
        the first output, as NAME.report.json.
        """;

    public override IReadOnlyList<Option> Options =>
    [
        _params, _input, _to, _start, _end, _clusterId, _clusterAlias, _source, _period, _tags, _categories, _nodes, _derive,
        _schema, _paramsFrom, _csvNull, _allowEmpty, _temp,
    ];

    public override ExitCode Execute(CommandContext context)
    {
        var request = Request(context);
        DailySummary.Check(request);
        var report = context.Globals.Report ?? ReportBeside(request.Destinations.FirstOrDefault(d => d.IsFile));
        if (report is not null && Destinations.Taken(report, "--report", request.Destinations) is { } taken) return context.Refuse(taken);
        if (context.Globals.Explain)
        {
            return context.Explain(run =>
            {
                var plan = new DailySummary(run, request).Explain();
                return context.Globals.Json ? plan.ToJson().Split('\n') : plan.Lines();
            });
        }
        return context.Run(run => new DailySummary(run, request).Make(), report);
    }

    static string? ReportBeside(Destination? first) => first is null ? null : $"{first.Path.TrimEnd('/')}.report.json";

    SummaryRequest Request(CommandContext context)
    {
        var (parameters, listed, listedBase) = (new SummaryParameters(), (IReadOnlyList<string>)[], context.Surroundings.Directory);
        if (context.Value(_params) is { } file)
        {
            (parameters, listed) = ParametersFile.Read(context.Path(file), file);
            listedBase = System.IO.Path.GetDirectoryName(context.Path(file))!;
        }
        var inputs = context.Value(_input) is { Length: > 0 } given ? given : null;
        if (inputs is null && listed.Count == 0)
            throw Missing("nothing to read", "--input FOLDER", "\"files\" in the file that --params names");
        if (context.Value(_to) is not { Length: > 0 } to)
            throw Missing("no place for the result", "--to summary.duckdb", "--to summary.parquet");
        return new SummaryRequest
        {
            Parameters = Override(Referred(parameters, context), context),
            Inputs = inputs ?? listed,
            BaseDirectory = inputs is null ? listedBase : context.Surroundings.Directory,
            Destinations = [.. to.Select(t => PostgresAddress.Is(t)
                ? SummaryTable.Of(t, context.Value(_schema), Defaults(context))
                : Destinations.Parse(t, context.Surroundings.Directory, context.Value(_csvNull) ?? ""))],
            PackFolder = System.IO.Path.Combine(AppContext.BaseDirectory, "packs", "openshift"),
            Threads = context.Globals.Threads,
            TempDirectory = context.Value(_temp) is { } temp ? context.Path(temp) : null,
            AllowEmpty = context.Value(_allowEmpty),
        };
    }

    SummaryParameters Referred(SummaryParameters p, CommandContext context) => context.Value(_paramsFrom) is not { } from
        ? p
        : ReferenceDatabase.Read(from, context.Value(_schema), context.Value(_clusterId) ?? p.ClusterId, Defaults(context), p);

    static ConnectionDefaults Defaults(CommandContext context) =>
        new(context.Surroundings.Variables, Environment.UserName) { Secrets = context.Surroundings.Secrets };

    SummaryParameters Override(SummaryParameters p, CommandContext context)
    {
        if (context.Value(_start) is { } start) p = p with { Start = ParameterValue.Day(start, "--start") };
        if (context.Value(_end) is { } end) p = p with { End = ParameterValue.Day(end, "--end") };
        if (context.Value(_clusterId) is { } id) p = p with { ClusterId = id };
        if (context.Value(_clusterAlias) is { } alias) p = p with { ClusterAlias = alias };
        if (context.Value(_source) is { } source) p = p with { SourceUuid = ParameterValue.Uuid(source, "--source-uuid") };
        if (context.Value(_period) is { } period) p = p with { ReportPeriodId = ParameterValue.Whole(period, "--report-period-id") };
        if (context.Value(_tags) is { } tags) p = p with { EnabledTagKeys = tags.Length == 0 ? [] : tags.Split(',') };
        if (context.Value(_categories) is { } categories)
            p = p with { CostCategories = ParametersFile.CostCategories(context.Path(categories), categories) };
        if (context.Value(_nodes) is { } nodes) p = p with { Nodes = ParametersFile.NodeRoles(context.Path(nodes), nodes) };
        return context.Value(_derive) ? p with { DeriveRoles = true } : p;
    }

    static QuernException Missing(string what, params string[] tries) =>
        new(new Fault("QN1105", what) { Where = "quern openshift summarize", Try = tries, ExitCode = ExitCode.Usage });

    static Option<string?> Text(string name, string help, string description) => new(name) { HelpName = help, Description = description };
}
