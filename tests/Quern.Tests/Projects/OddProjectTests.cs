using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Models;
using Quern.Models.Results;
using Quern.Projects;
using Quern.Projects.Artifacts;
using Quern.Projects.Options;
using Quern.Projects.Selection;
using Quern.Projects.Warehouses;
using Quern.Tests.Projects.Reading;
using Quern.Yaml;

namespace Quern.Tests.Projects;

/// <summary>A project with a bit of everything, in which each value of each YAML file is replaced by one of another kind: reading it works or
/// ends with a fault that has a code of its own.</summary>
/// <remarks>QUERN_ODD_PROJECTS=N takes each Nth of all pairs of a place and a kind, 1 all of them, and also builds what can be read.</remarks>
public sealed class OddProjectTests
{
    const string Mark = "@@odd@@";

    static readonly string[] Odd =
    [
        "[1, a]", "{a: 1}", "null", "7", "1.5", "-1", "2020-01-01", "2020-01-01 01:02:03", "\"\"", "true", "[{a: [{b: null}]}]", "[]", "{}",
        "\"{{ nope.x }}\"", "\"{{\"", "1000000000000000000000000000000", "\"a\\0b\"", "text", "{null: null, 1: 2}", "[null]", "\"" + new string('x', 70_000) + "\"",
    ];

    static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["dbt_project.yml"] = """
            {name: tiny, version: '1.0', config-version: 2, profile: tiny, model-paths: [models], seed-paths: [seeds], test-paths: [tests], macro-paths: [macros],
             snapshot-paths: [snapshots], analysis-paths: [analyses], docs-paths: [models], target-path: target, clean-targets: [target, logs],
             packages-install-path: dbt_packages, vars: {day: 2026-01-31, tiny: {deep: 3}}, models: {tiny: {+materialized: table, +tags: [nightly], +meta: {k: v}}},
             seeds: {tiny: {+column_types: {id: bigint}}}, quoting: {database: true}, dispatch: [{macro_namespace: dbt, search_order: [tiny, dbt]}],
             on-run-start: ["select 1"], on-run-end: "select 2", flags: {fail_fast: false}, query-comment: {comment: "x", append: true}}
            """,
        ["profiles.yml"] = """
            {tiny: {target: dev, outputs: {dev: {type: duckdb, path: "tiny.duckdb", schema: main, threads: 2, extensions: [json], settings:
             {preserve_insertion_order: true}, config_options: {default_null_order: nulls_last}, attach: [{path: "other.duckdb", alias: other, read_only: false}],
             external_root: "."}}}}
            """,
        ["quern.yml"] = "{version: 1, memory: 1GB, threads: 2, temp: tmp, profile: {nodes: true}}",
        ["selectors.yml"] = """
            {selectors: [{name: nightly, description: x, default: true, definition: {union: [{method: tag, value: nightly, children: true, parents_depth: 2},
             {exclude: [{method: fqn, value: none}]}]}}, {name: short, definition: "tag:x"}]}
            """,
        ["packages.yml"] = "{packages: [{local: lib}]}",
        ["lib/dbt_project.yml"] = "{name: lib, version: '1'}",
        ["models/schema.yml"] = """
            {version: 2,
             models: [{name: a, description: "{{ doc('a') }}", docs: {show: true}, config: {tags: [y], meta: {k: 1}, pre-hook: ["select 1", {sql: "select 2", transaction: false}],
               indexes: [{columns: [id], unique: true}], grants: {select: [me]}, contract: {enforced: false}}, constraints: [{type: unique, columns: [id]}],
               columns: [{name: id, description: id, data_type: bigint, quote: false, tags: [z], constraints: [{type: not_null}], tests: [unique, not_null]},
                 {name: name, data_tests: [{accepted_values: {values: [x, y], config: {severity: warn, where: "1=1", limit: 5, store_failures: true,
                  error_if: ">0", warn_if: ">0"}}}, {relationships: {to: "ref('s')", field: name}}]}], versions: []},
               {name: b, config: {materialized: incremental, unique_key: [id], incremental_strategy: merge, on_schema_change: ignore, merge_update_columns: [name]}},
               {name: c, config: {materialized: external, location: "c.csv", format: csv, options: {header: true}, delimiter: ","}}],
             sources: [{name: raw, schema: main, database: tiny, loader: x, quoting: {identifier: true}, config: {meta: {external_location: "{name}.csv"}}, tables: [{name: t, identifier: t,
               meta: {external_location: "seeds/s.csv"}, freshness: {warn_after: {count: 1, period: day}}, columns: [{name: id, tests: [not_null]}]}]}],
             exposures: [{name: dash, type: dashboard, maturity: high, url: "http://x", owner: {name: me, email: x}, depends_on: ["ref('a')", "source('raw','t')"]}],
             unit_tests: [{name: ut, model: a, given: [{input: "ref('s')", format: csv, rows: "id,name\n1,x"}], overrides: {vars: {v: 1}, macros: {is_incremental: true}},
               expect: {format: dict, rows: [{id: 1, name: x}]}, config: {tags: [u]}}],
             seeds: [{name: s, config: {delimiter: ",", quote_columns: true}}],
             snapshots: [{name: sn, relation: "ref('a')", config: {unique_key: id, strategy: check, check_cols: [name], hard_deletes: ignore,
               snapshot_meta_column_names: {dbt_valid_from: since}, dbt_valid_to_current: "null"}}],
             macros: [{name: twice, description: d, arguments: [{name: x, type: int, description: y}]}],
             analyses: [{name: an, description: d}]}
            """,
    };

    static ProjectFolder Make() => new ProjectFolder()
        .Write("models/a.sql", "select id, name, {{ twice(2) }} as n from {{ ref('s') }}").Write("models/b.sql", "select id, name from {{ ref('a') }}")
        .Write("models/c.sql", "select id, '{{ var('day') }}' as day from {{ source('raw', 't') }}").Write("models/docs.md", "{% docs a %}the a{% enddocs %}")
        .Write("seeds/s.csv", "id,name\n1,x\n2,y\n").Write("macros/m.sql", "{% macro twice(x) %}{{ x }} * 2{% endmacro %}")
        .Write("tests/single.sql", "select * from {{ ref('a') }} where id < 0").Write("analyses/an.sql", "select 1");

    [Fact]
    public void Every_value_of_another_kind_is_read_or_is_a_fault_with_a_code()
    {
        var stride = int.TryParse(System.Environment.GetEnvironmentVariables()["QUERN_ODD_PROJECTS"] as string, out var wanted) ? wanted : 0;
        var pair = 0;
        var found = new List<string>();
        var tried = 0;
        foreach (var (file, text) in Files)
        {
            var tree = YamlText.Read(text, file);
            var number = 0;
            foreach (var path in Paths(tree, []))
            {
                number++;
                for (var i = 0; i < Odd.Length; i++)
                {
                    if (stride == 0 ? i != number % Odd.Length : pair++ % stride != 0) continue;
                    tried++;
                    var changed = JsonText.Write(With(tree, path, 0), sortKeys: false).Replace($"\"{Mark}\"", Odd[i], StringComparison.Ordinal);
                    if (Try(file, changed, builds: stride > 0) is { } wrong) found.Add($"{file} {string.Join('.', path)} = {Odd[i][..Math.Min(40, Odd[i].Length)]}: {wrong}");
                }
            }
        }
        Assert.True(tried > 150);
        Assert.True(found.Count == 0, $"{found.Count} of {tried}:\n" + string.Join('\n', found.Take(60)));
    }

    // What is wrong with it; null when nothing is.
    static string? Try(string file, string text, bool builds)
    {
        using var folder = Make();
        foreach (var (name, content) in Files) folder.Write(name, name == file ? text : content);
        var invocation = folder.Invocation();
        try
        {
            QuernOptions.Read(folder.Folder);
            var project = ProjectLoader.Load(invocation);
            ManifestFile.Write(project);
            var nodes = new NodeSelector(project).Select(new SelectionRequest(), "build").Resources;
            if (!builds) return null;
            using var spill = SpillDirectory.Create(null);
            using var warehouse = WarehouseOpener.Open(project.Set.Target, new WarehouseOptions
            {
                WorkingDirectory = folder.Folder,
                MemoryLimitBytes = 200_000_000,
                EngineThreads = 1,
                TempDirectory = spill.Path,
            });
            var results = new ProjectRunner(project, warehouse, new RunWatcher()).Run([.. nodes]);
            return results.Results.FirstOrDefault(r => r.Fault?.Code == "QN9999") is { } bad ? $"{bad.Node.Id}: {bad.Fault!.Value}" : null;
        }
        catch (QuernException e)
        {
            return e.Fault.Code == "QN9999" ? e.Fault.ToString() : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"{e.GetType().Name}: {e.Message}\n" + string.Join('\n', e.StackTrace!.Split('\n').Where(l => l.Contains("Quern.", StringComparison.Ordinal)).Take(4));
        }
    }

    static IEnumerable<object?[]> Paths(object? value, object?[] path)
    {
        yield return path;
        IEnumerable<(object? Key, object? Item)> items = value switch
        {
            Dict dict => dict.Select(e => (e.Key, e.Value)),
            List<object?> list => list.Select((item, i) => ((object?)i, item)),
            _ => [],
        };
        foreach (var (key, item) in items)
            foreach (var below in Paths(item, [.. path, key])) yield return below;
    }

    static object? With(object? value, object?[] path, int depth)
    {
        if (depth == path.Length) return Mark;
        switch (value)
        {
            case Dict dict:
                var changed = new Dict();
                foreach (var (key, item) in dict) changed[key] = Equals(key, path[depth]) ? With(item, path, depth + 1) : Plain(item);
                return changed;
            case List<object?> list:
                return list.Select((item, i) => Equals(i, path[depth]) ? With(item, path, depth + 1) : Plain(item)).ToList();
            default:
                return value;
        }
    }

    // JSON has no dates: they are written as text.
    static object? Plain(object? value) => value switch
    {
        Dict dict => dict.Aggregate(new Dict(), (all, e) =>
        {
            all[e.Key] = Plain(e.Value);
            return all;
        }),
        List<object?> list => list.ConvertAll(Plain),
        null or string or bool or long or double => value,
        _ => PythonText.Of(value),
    };
}
