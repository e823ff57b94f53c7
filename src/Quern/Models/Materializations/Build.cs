using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Projects.Context;
using Quern.Projects.Nodes;
using Quern.Projects.Times;
using Quern.Projects.Warehouses;

namespace Quern.Models.Materializations;

/// <summary>A node on its way into the database: its query, where it goes, and the connection, whose transaction is open.</summary>
sealed class Build
{
    /// <summary>The node.</summary>
    public required Node Node { get; init; }

    /// <summary>What it makes.</summary>
    public required Relation Target { get; init; }

    /// <summary>Its compiled query.</summary>
    public required string Sql { get; init; }

    /// <summary>The connection.</summary>
    public required WarehouseSession Session { get; init; }

    /// <summary>Whether the caller asked to build everything from nothing; a node's own word wins. Default: false.</summary>
    public bool FullRefreshAsked { get; init; }

    /// <summary>Absolute folder of files that models write, when they name no place.</summary>
    public string ExternalRoot { get; init; } = "";

    /// <summary>Absolute folder that relative places begin at.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>The part of the node that is built; null for all of it.</summary>
    public EventBatch? Batch { get; init; }

    /// <summary>Whether the project has a macro of a name that gives the SQL of an incremental strategy. Default: no.</summary>
    public Func<string, bool> HasStrategyMacro { get; init; } = _ => false;

    /// <summary>Calls such a macro with its arguments. Default: there is none.</summary>
    public Func<string, Dict, string> StrategyMacro { get; init; } = (name, _) => throw new InvalidOperationException($"There is no {name}.");

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Takes warnings: code and sentence. Default: they are dropped.</summary>
    public Action<string, string> Warn { get; init; } = (_, _) => { };

    /// <summary>Renders a text of the node's configuration. Default: as it stands.</summary>
    public Func<string, string> Render { get; init; } = text => text;

    /// <summary>The node's configuration.</summary>
    public NodeConfig Config => Node.Config;

    /// <summary>What is there under its name now; null when nothing is.</summary>
    public Relation? Existing => Session.Warehouse.Find(Target.Database ?? "", Target.Schema ?? "", Target.Identifier ?? "");

    /// <summary>Whether what is there is not to be built upon: the node's <c>full_refresh</c>, else what the caller asked for.</summary>
    public bool IsFullRefresh => Batch is not { Grows: true } && (Config.Flag("full_refresh") ?? FullRefreshAsked);

    /// <summary>A relation beside the target: its name and an ending.</summary>
    public Relation Beside(string ending) => new(Target.Database, Target.Schema, Target.Identifier + ending);

    /// <summary>Runs a statement around the query; an error names the line of the query.</summary>
    /// <returns>The count that the statement gives, such as the rows of a new table.</returns>
    public long Around(string before, string after = "") => Place(before, () => Session.Make(Statement(before, after)));

    /// <summary>Runs a query around the query and holds its rows; an error names the line of the query.</summary>
    public QueryTable Read(string before, string after) => Place(before, () =>
    {
        var sql = Statement(before, after);
        Session.Sent?.Add(sql);
        return Session.QueryOne(sql);
    });

    /// <summary>The columns that the query gives, in order.</summary>
    public IReadOnlyList<TableColumn> QueryColumns() => Place("describe (", () => Session.ColumnsOf(Sql));

    /// <summary>Drops what an interrupted run of a tool of this kind may have left beside the target.</summary>
    public void DropLeftovers()
    {
        foreach (var ending in new[] { "__dbt_tmp", "__dbt_backup" })
        {
            var beside = Beside(ending);
            if (Session.Warehouse.Find(beside.Database ?? "", beside.Schema ?? "", beside.Identifier ?? "") is { } left) Session.Drop(left);
        }
    }

    string Statement(string before, string after) => $"{before}\n{Sql}\n{after}";

    /// <summary>A place in the statement becomes one in the query.</summary>
    T Place<T>(string before, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (QuernException e) when (e.Fault is DuckFault { Place: { } place } fault)
        {
            var above = before.AsSpan().Count('\n') + 1 + Session.LinesAbove;
            if (place.Line <= above || place.Line > above + Sql.AsSpan().Count('\n') + 1) throw;
            var found = place with { Line = place.Line - above };
            throw new QuernException(fault with { Place = found, Where = found.ToString() }, e);
        }
    }
}
