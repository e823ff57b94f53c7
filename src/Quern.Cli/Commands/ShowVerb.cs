using System.CommandLine;
using System.Globalization;
using Quern.Cli.Projects;
using Quern.Cli.Reporting;
using Quern.Projects;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Cli.Commands;

/// <summary><c>quern show</c>.</summary>
sealed class ShowVerb : ProjectVerb
{
    const int DefaultLimit = 5;

    readonly SelectionOptions _selection = new();
    readonly EventTimeOptions _times = new();
    readonly Option<string?> _inline = ProjectOptions.Text("--inline", "SQL", "show this query instead of nodes");
    readonly Option<int> _limit = new("--limit")
    {
        HelpName = "N",
        Description = "rows (default: 5; -1: all)",
        DefaultValueFactory = _ => DefaultLimit,
    };

    readonly Option<string?> _output = ProjectOptions.Text("--output", "FORM", "text (default) or json");

    public override string Path => "show";

    public override string Summary => "first rows of a model or a query";

    public override string Help =>
        """
        Compiles a node or a text and shows its first rows; builds nothing.
          quern show -s orders --limit 20
          quern show --inline "select count(*) from {{ ref('orders') }}" --output json
        """;

    protected override IReadOnlyList<Option> Own => [.. _selection.All, .. _times.All, _inline, _limit, _output];

    protected override Invocation Complete(CommandContext context, Invocation invocation) =>
        _times.Complete(context, _selection.Complete(context, invocation));

    protected override void Work(ProjectWork work)
    {
        var isJson = work.Context.Globals.Json || work.Context.Value(_output) == "json";
        var inline = work.Context.Value(_inline);
        var request = _selection.Read(work.Context);
        if (inline is null && request is { Select: null, Selector: null }) throw Nothing();
        work.Found();
        if (inline is not null)
        {
            using var session = work.Warehouse.Connect(work.Project);
            Show(work, null, work.Project.Templates.Render(inline, "--inline", null, session), session, isJson);
            return;
        }
        var nodes = work.Select(request, Which);
        if (nodes.Count == 0) work.NothingToDo();
        foreach (var node in Named(nodes, request.Select))
        {
            using var session = work.Warehouse.Connect(work.Project);
            var templates = work.Project.Templates;
            var sql = node.Kind == ResourceKind.Seed ? $"select * from {templates.RelationOf(node)}" : templates.Compile(node, session).Sql;
            Show(work, node.Name, sql, session, isJson);
        }
    }

    // Tests come along with what they test: of several nodes those that the selection names are meant.
    internal static List<Node> Named(IReadOnlyList<Resource> nodes, IReadOnlyList<string>? select)
    {
        var all = nodes.OfType<Node>().Where(n => n.Kind is not ResourceKind.Operation).ToList();
        var named = all.Where(n => select?.Any(words => words.Split(' ', ',').Contains(n.Name)) == true).ToList();
        return named.Count > 0 ? named : all;
    }

    void Show(ProjectWork work, string? name, string sql, WarehouseSession session, bool isJson)
    {
        session.Cancellation = work.Run.Cancellation;
        var limit = work.Context.Value(_limit);
        var end = limit < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" limit {limit}");
        var query = $"from (\n{sql.Trim().TrimEnd(';')}\n) as shown{end}";
        if (isJson)
        {
            var json = RowsText.Json(name, session.Query($"select to_json(shown)::varchar {query}").Rows.Select(r => (string)r[0]!));
            if (work.Context.Globals.Json) work.Answer = json;
            else work.Log.Result(json, "ShowNode");
            return;
        }
        var columns = session.ColumnsOf(query);
        var rows = session.Query($"select columns(*)::varchar {query}").Rows;
        var title = name is null ? "Previewing inline node:" : $"Previewing node '{name}':";
        work.Log.Result($"{title}\n{RowsText.Table(columns, rows)}", "ShowNode");
    }

    static QuernException Nothing() => new(new Fault("QN1007", "--select or --inline is missing")
    {
        Where = "quern show",
        Try = ["quern show -s MODEL", "quern show --inline \"select 1\""],
        ExitCode = ExitCode.Usage,
    });
}
