using System.Globalization;
using Quern.Jinja.Values;
using Quern.Models.Materializations;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Models.Tests;

/// <summary>Runs a test: counts the rows of its query, or keeps them and counts them (specification section 3.9).</summary>
/// <remarks>A test is one statement where that can be: creating a table tells how many rows it got.</remarks>
static class TestRun
{
    const string CountRows = "count(*)";

    /// <summary>Whether the rows it finds are kept: <c>store_failures_as</c>, else <c>store_failures</c>, else the caller's word.</summary>
    public static bool Stores(NodeConfig config, bool? asked) => config.Text("store_failures_as") switch
    {
        "ephemeral" => false,
        null => config.Flag("store_failures") ?? asked ?? false,
        _ => true,
    };

    /// <summary>Runs it.</summary>
    /// <param name="build">The test.</param>
    /// <param name="stores">Whether its rows are kept in <see cref="Build.Target"/>.</param>
    /// <param name="warnsAreErrors">Whether a warning counts as a failure.</param>
    /// <exception cref="QuernException">QN7270: the number of failures is no number; or as DuckDB says.</exception>
    public static TestVerdict Run(Build build, bool stores, bool warnsAreErrors)
    {
        var config = build.Config;
        var calculation = config.Text("fail_calc") is { Length: > 0 } given ? given : CountRows;
        var limit = config["limit"] is { } most ? $"limit {PythonText.Of(most)}" : "";
        var warn = new TestThreshold(config.Text("warn_if") is { Length: > 0 } w ? w : TestThreshold.Default);
        var error = new TestThreshold(config.Text("error_if") is { Length: > 0 } e ? e : TestThreshold.Default);
        var stored = stores ? Store(build) : null;
        var failures = stored is { } count && calculation == CountRows && limit.Length == 0
            ? count
            : Count(build, stores, calculation, limit);
        var isError = !"warn".Equals(config.Text("severity"), StringComparison.OrdinalIgnoreCase);
        if (isError && Holds(build, error, failures)) return TestVerdict.Found(true, failures, error);
        return Holds(build, warn, failures) ? TestVerdict.Found(warnsAreErrors, failures, warn) : TestVerdict.Passed(failures);
    }

    /// <returns>Rows kept; null when they are not in a table.</returns>
    static long? Store(Build build)
    {
        var isView = build.Config.Text("store_failures_as") == "view";
        var kind = isView ? RelationKind.View : RelationKind.Table;
        if (build.Existing is { } existing && (existing.Kind == RelationKind.Table) == isView) build.Session.Drop(existing);
        var rows = build.Around($"create or replace {(isView ? "view" : "table")} {build.Target.Render()} as (", ")");
        build.Session.Created(build.Target, kind);
        return isView ? null : rows;
    }

    static long Count(Build build, bool stored, string calculation, string limit)
    {
        var head = $"select {calculation} from (";
        var tail = $"{limit}) dbt_internal_test";
        var table = stored
            ? build.Session.Query($"{head}select * from {build.Target.Render()} {tail}")
            : build.Read(head, tail);
        var value = table.Rows.Count == 0 ? null : table.Rows[0][0];
        return value switch
        {
            long count => count,
            double count when count == Math.Truncate(count) && Math.Abs(count) < 1e15 => (long)count,
            decimal count when count == Math.Truncate(count) => (long)count,
            bool flag => flag ? 1 : 0,
            System.Numerics.BigInteger count => (long)count,
            _ => throw NoNumber(build, calculation, value),
        };
    }

    static bool Holds(Build build, TestThreshold threshold, long failures) => threshold.Holds(failures)
        ?? build.Session.Query(string.Create(CultureInfo.InvariantCulture, $"select {failures} {threshold.Text}")).Rows[0][0] is true;

    static QuernException NoNumber(Build build, string calculation, object? value) =>
        new(new Fault("QN7270", "the number of failures of a test is not a whole number")
        {
            Where = build.Node.File,
            Value = PythonText.Represent(value),
            Wanted = $"`fail_calc: {calculation}` to give one also where the test finds no rows",
            Try = ["fail_calc: coalesce(sum(n), 0)"],
        });
}
