using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary><c>statement</c>, <c>run_query</c>, <c>load_result</c> and their like: SQL that templates run. Nothing is run while
/// parsing.</summary>
static class Statements
{
    public static Function[] Functions { get; } =
    [
        new("statement", Statement),
        new("run_query", RunQuery),
        new("load_result", LoadResult),
        new("store_result", StoreResult),
        new("store_raw_result", StoreRawResult),
    ];

    static object? Statement(Arguments arguments)
    {
        arguments.TryGetNamed("caller", out var caller);
        var bound = arguments.Bind("statement", 0, "name", "fetch_result", "auto_begin", "language", "caller");
        var scope = NodeScope.Of(arguments);
        if (bound.Text(3, "sql") != "sql")
        {
            throw new QuernException(new Fault("QN7132",
                "statements are in SQL; no other language is supported")
            { Value = bound.Text(3) });
        }

        if (scope.IsParsing || caller is null) return "";
        var sql = PythonText.Of(Rendering.Invoke(caller, new Arguments(arguments.Rendering, [])));
        if (bound.Flag(2, true)) scope.Session.Begin();
        var result = Execute(scope, sql, bound.Flag(1));
        if (bound[0] is string name) scope.Results[name] = result;
        return "";
    }

    static object? RunQuery(Arguments arguments)
    {
        var bound = arguments.Bind("run_query", 1, "sql");
        var scope = NodeScope.Of(arguments);
        if (scope.IsParsing) return null;
        var result = Execute(scope, PythonText.Of(bound[0]), true);
        scope.Results["run_query_statement"] = result;
        return result["table"];
    }

    /// <summary>A result is handed out once to a template that names a statement of its own; <c>main</c> stays.</summary>
    static object? LoadResult(Arguments arguments)
    {
        var scope = NodeScope.Of(arguments);
        return scope.Results.GetValueOrDefault(arguments.Bind("load_result", 1, "name").Text(0));
    }

    static object StoreResult(Arguments arguments)
    {
        var bound = arguments.Bind("store_result", 1, "name", "response", "agate_table");
        var table = bound[2] as ResultTable ?? ResultTable.Empty;
        NodeScope.Of(arguments).Results[bound.Text(0)] = Result(bound[1], table);
        return "";
    }

    static object StoreRawResult(Arguments arguments)
    {
        var bound = arguments.Bind("store_raw_result", 1, "name", "message", "code", "rows_affected", "agate_table");
        var response = new Dict { ["_message"] = bound[1], ["code"] = bound[2], ["rows_affected"] = bound[3] };
        NodeScope.Of(arguments).Results[bound.Text(0)] = Result(response, bound[4] as ResultTable ?? ResultTable.Empty);
        return "";
    }

    /// <summary>Runs SQL for a template.</summary>
    /// <returns>The result as <c>load_result</c> gives it: response, data, table.</returns>
    public static Dict Execute(NodeScope scope, string sql, bool fetch)
    {
        if (fetch) return Result("OK", new ResultTable(scope.Session.Query(sql)));
        scope.Session.Execute(sql);
        return Result("OK", ResultTable.Empty);
    }

    static Dict Result(object? response, ResultTable table) =>
        new() { ["response"] = response, ["data"] = table.Data(), ["table"] = table };
}
