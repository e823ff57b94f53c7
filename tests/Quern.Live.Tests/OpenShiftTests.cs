using System.Text.Json;
using Quern.Live.Tests.Postgres;

namespace Quern.Live.Tests;

/// <summary>The daily summary, delivered into PostgreSQL.</summary>
public sealed class OpenShiftTests(PostgresServer server) : IDisposable
{
    const string Table = "reporting_ocpusagelineitem_daily_summary";
    const string Source = "6e212746-484a-40cd-bba0-09a19d132d64";

    readonly Schema _db = new(server);

    public void Dispose() => _db.Dispose();

    [Fact]
    public void The_table_is_made_by_months_and_the_days_of_the_source_are_replaced()
    {
        Summarize();
        Assert.Equal(
            ["Worker unallocated -76.800000", "app-namespace 172.800000"],
            _db.Rows($"select namespace, round(pod_usage_cpu_core_hours, 6) from {Table} order by namespace collate \"C\""));
        Assert.Equal($"{Table}_2025_10 2", _db.One($"select tableoid::regclass, count(*) from {Table} group by 1"));
        Assert.Equal("frontend", _db.One($"select pod_labels ->> 'app' from {Table} where namespace = 'app-namespace'"));
        Assert.Equal(
            ["character varying(253)", "date", "jsonb", "numeric(33,15)", "uuid"],
            _db.Rows($"select distinct format_type(atttypid, atttypmod) from pg_attribute where attrelid = '{Table}'::regclass and attname in "
                + "('node', 'usage_start', 'all_labels', 'node_capacity_cpu_cores', 'uuid', 'source_uuid') order by 1"));
        _db.Execute(
            $"""
            insert into {Table} (uuid, usage_start, source_uuid) values
                (gen_random_uuid(), '2025-10-02', '{Source}'), (gen_random_uuid(), '2025-10-01', gen_random_uuid());
            update {Table} set namespace = 'old' where namespace is not null
            """);
        Summarize();
        Assert.Equal(
            ["2025-10-01 Worker unallocated", "2025-10-01 app-namespace", "2025-10-01 -", "2025-10-02 -"],
            _db.Rows($"select usage_start, namespace from {Table} order by usage_start, namespace collate \"C\" nulls last"));
        Assert.Empty(_db.Leftovers());
    }

    [Fact]
    public void Parameters_are_read_from_the_database()
    {
        _db.Execute(
            """
            create table reporting_enabledtagkeys (key text, enabled bool, provider_type text);
            insert into reporting_enabledtagkeys values ('tier', true, 'OCP'), ('app', false, 'OCP'), ('app', true, 'AWS');
            create table reporting_ocp_cost_category_namespace (namespace text, cost_category_id int);
            insert into reporting_ocp_cost_category_namespace values ('app-%', 7);
            create table reporting_ocp_nodes (node text, resource_id text, node_role text);
            insert into reporting_ocp_nodes values ('worker-node-1', 'i-worker-1', 'infra')
            """);
        Summarize("--params-from", server.Url);
        Assert.Equal("""{"tier": "web"} 7""", _db.One($"select pod_labels, cost_category_id from {Table} where namespace = 'app-namespace'"));
    }

    void Summarize(params string[] more)
    {
        var scenario = Path.Combine(Command.Root, "tests", "Quern.Tests", "Cases", "ocp", "01-basic-pod");
        using var parameters = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(scenario, "scenario.json")));
        var fields = parameters.RootElement.EnumerateObject().Where(f => f.Name != "files").ToDictionary(f => f.Name, f => f.Value);
        File.WriteAllBytes(Path.Combine(_db.Folder, "month.json"), JsonSerializer.SerializeToUtf8Bytes(fields));
        var (code, _, error) = Command.Run(
            _db.Folder, [], "",
            ["openshift", "summarize", "--params", "month.json", "--input", scenario, "--to", server.Url, "--schema", _db.Name, .. more]);
        Assert.True(code == 0, error);
    }
}
