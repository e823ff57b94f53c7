namespace Quern.Fuzz.Yaml;

/// <summary>Pieces of YAML, and the words that project files know.</summary>
static class YamlTokens
{
    static readonly string[] Marks =
    [
        "\n", "\n  ", "\n    ", "\n- ", "\n  - ", ": ", ":", "- ", "? ", "[", "]", "{", "}", ", ", "'", "\"", "\"\\u00e9\\x41\\", "\\", "&x ", "*x",
        "<<: *x", "<<: ", "|\n", "|2-\n", ">+\n", ">\n", " #", "!!int ", "!!str ", "!!binary ", "!!set ", "!!timestamp ", "! ", "!t ", "%YAML 1.1\n",
        "%TAG ! tag:x,2000:\n", "---\n", "...\n", "\t", "@", "`", "\0", "\ufeff", "é", "😀", "\u2028", "\u0085", "\r\n", "\r",
    ];

    static readonly string[] Scalars =
    [
        "1", "0", "-1", "1e3", "1.5", "017", "0x1F", "0b1", "1_000", "1:30", "1:30.5", "~", "null", "yes", "No", "on", "true", "FALSE", ".inf", "-.INF",
        ".nan", "2020-01-01", "2020-02-30", "2020-01-01 10:00:00", "2001-12-14t21:59:43.10-05:00", "9999999999999999999", "99999-01-01", "''", "{}", "[]",
        "{{ x }}", "{{ var('a') }}", "{{ env_var('A', 'b') }}", "{{ env_var('DBT_ENV_SECRET_A') }}", "{{ target.name }}", "{{ doc('d') }}", "{{ ref('a') }}",
        "{{ 1/0 }}", "{% if %}", "{{", "}}", "ref('a')", "ref('p', 'a', v=1)", "source('s', 't')", "a", "b", "s.t", "tag:nightly", "path:models", "+a+",
        "@b", "2+a+3", "config.materialized:table", "state:modified", "result:error", "512MB", "50%", "1h", ":memory:", "../x", "x.duckdb", "a\0b",
    ];

    /// <summary>Keys of project files.</summary>
    public static IReadOnlySet<string> Keys { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "name", "version", "config-version", "profile", "target", "outputs", "type", "path", "schema", "database", "threads", "extensions", "settings",
        "config_options", "attach", "alias", "read_only", "is_ducklake", "secret", "options", "plugins", "filesystems", "external_root", "model-paths",
        "source-paths", "seed-paths", "data-paths", "snapshot-paths", "test-paths", "macro-paths", "analysis-paths", "asset-paths", "docs-paths",
        "target-path", "clean-targets", "packages-install-path", "modules-path", "vars", "on-run-start", "on-run-end", "query-comment", "dispatch",
        "macro_namespace", "search_order", "quoting", "flags", "models", "seeds", "snapshots", "data_tests", "tests", "sources", "exposures", "unit_tests",
        "analyses", "macros", "groups", "functions", "anchors", "semantic_models", "metrics", "columns", "description", "config", "meta", "tags", "docs",
        "group", "access", "freshness", "loaded_at_field", "quote_columns", "constraints", "contract", "enforced", "versions", "v", "latest_version",
        "defined_in", "include", "exclude", "relation", "data_type", "quote", "materialized", "enabled", "unique_key", "incremental_strategy",
        "on_schema_change", "persist_docs", "pre-hook", "post-hook", "+pre-hook", "+tags", "+meta", "+enabled", "+schema", "+materialized", "grants",
        "column_types", "delimiter", "full_refresh", "event_time", "begin", "batch_size", "lookback", "severity", "warn_if", "error_if", "fail_calc",
        "limit", "where", "store_failures", "store_failures_as", "arguments", "values", "to", "field", "unique", "not_null", "accepted_values",
        "relationships", "custom", "tables", "identifier", "external", "location", "external_location", "formatter", "overrides", "depends_on", "owner",
        "email", "maturity", "url", "model", "given", "input", "rows", "format", "fixture", "expect", "strategy", "updated_at", "check_cols",
        "snapshot_meta_column_names", "selectors", "definition", "default", "union", "intersection", "method", "value", "parents", "parents_depth",
        "children", "children_depth", "childrens_parents", "indirect_selection", "selector", "package", "git", "local", "tarball", "packages", "revision",
        "memory", "temp", "profile", "nodes", "a", "b", "s", "t", "p", "dev", "sql", "transaction", "p:a", "node_color", "show", "count", "period",
        "warn_after", "error_after", "filter",
    };

    /// <summary>All pieces.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Marks, .. Marks, .. Scalars, .. Scalars.Select(s => $": {s}\n"), .. Keys.Select(k => $"{k}: "), .. Keys.Select(k => $"\n  {k}: "),
        .. Keys.Select(k => $"\n- {k}: "), .. Keys.Select(k => $"{{{k}: 1}}"),
    ];

    /// <summary>What nests.</summary>
    public static IReadOnlyList<(string Open, string Inside, string Close)> Nesting { get; } =
    [
        ("[", "1", "]"), ("{a: ", "1", "}"), ("- ", "a", ""), ("? ", "a", ""), ("a: &x [", "1", "]"), ("[\n", "1", "\n]"), ("\n- ", "a", ""), ("!!str ", "a", ""),
        ("'", "", "'"), ("\"\n", "", ""), ("a: [", "*x", "]\n"), ("(", "", ")"), ("{{ (", "1", ") }}"), ("union: [{", "a", "}]"), ("#", "", "\n"), ("a:\n ", "b", ""),
        ("1:", "1", "1"), ("1", "", "0"), ("-", "", ""), ("{ref('a'): ", "1", "}"), ("a\n", "", "---\n"),
    ];
}
