using Quern.Delivery;
using Quern.Delivery.Postgres.Address;
using Quern.Models.Deliveries;
using Quern.Projects.Options;
using Quern.Tests.Projects.Reading;

namespace Quern.Tests.Models.Deliveries;

/// <summary>What <c>deliver</c> of quern.yml means, and what is wrong with it.</summary>
public sealed class DeliveryReaderTests : IDisposable
{
    readonly ProjectFolder _project = new ProjectFolder("vars: {keys: usage_start}\n")
        .Write("models/daily.sql", "{{ config(alias='daily_summary') }} select 1 as id").Write("models/inner.sql", "{{ config(materialized='ephemeral') }} select 1 as id")
        .Write("models/shut.sql", "{{ config(enabled=false) }} select 1 as id").Write("seeds/rates.csv", "a\n1\n");

    readonly Secrets _secrets = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void All_options_of_a_load_are_keys()
    {
        _project.Environment["DB_URL"] = "me:hush@db.example.org/shop";
        var delivery = Assert.Single(Read(
            """
              - model: daily
                to: "postgres://{{ env_var('DB_URL') }}"
                table: reporting.{{ target.name }}_summary
                mode: merge
                key: [source_uuid, "{{ var('keys') }}"]
                dedupe: order by updated desc
                method: async
                connections: "{{ 2 + 1 }}"
                batch_rows: 5000
                index: ["a,b", c]
                partition_by: usage_start:month
                geometry: shape:4326:MultiPolygon
                drop_z: true
                on_nul: strip
                on_nanos: truncate
                schema_contract: evolve
                retry_for: 5
                lock_timeout: 7
                allow_empty: "{{ target.name == 'dev' }}"
                rejects: bad.csv
                max_rejects: 0.5%
            """));
        Assert.Equal("daily to postgres://me@db.example.org:5432/shop reporting.dev_summary", delivery.Lines().First());
        Assert.Equal("postgres: changes rows of the table and adds new ones by source_uuid, usage_start", delivery.Lines().Last());
        var request = delivery.Request;
        Assert.Equal(
            (LoadMode.Merge, LoadMethod.Async, 3, 5000, "order by updated desc", "usage_start:month", "bad.csv", "0.5%"),
            (request.Mode, request.Method, request.Connections, request.BatchRows, request.Dedupe, request.PartitionBy, request.Rejects, request.MaxRejects));
        Assert.Equal(
            (true, true, true, true, true, 5.0, 7.0),
            (request.DropZ, request.StripNul, request.CutNanos, request.Evolves, request.AllowEmpty, request.RetryBudget.TotalSeconds,
                request.LockTimeout.TotalSeconds));
        Assert.Equal(["a,b", "c"], request.Indexes);
        Assert.Equal(["shape:4326:MultiPolygon"], request.Geometry);
        Assert.DoesNotContain("hush", _secrets.Hide("me:hush@db"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.parquet", "parquet")]
    [InlineData("a.csv", "csv")]
    [InlineData("a.arrow", "arrow")]
    [InlineData("a.duckdb", "duckdb")]
    [InlineData("a.sqlite", "sqlite")]
    [InlineData("postgres://localhost/a", "postgres")]
    public void Every_destination_of_a_load_is_one_of_a_delivery(string to, string kind)
    {
        var delivery = Assert.Single(Read($"  - {{model: rates, to: '{to}'}}"));
        Assert.Equal(kind, delivery.Destination.Kind);
        Assert.Equal("rates", delivery.Request.Table);
        if (delivery.Destination.IsFile) Assert.Equal(Path.Combine(_project.Folder, to), delivery.Destination.Path);
    }

    [Fact]
    public void A_table_is_called_as_the_relation_of_its_model() => Assert.Equal("daily_summary", Read("  - {model: shop.daily, to: a.csv}")[0].Request.Table);

    [Theory]
    [InlineData("model: dayly", "model", "\"dayly\": there is no model, seed or snapshot of this name", "model: daily")]
    [InlineData("model: inner", "model", "\"inner\": it is ephemeral, and makes no relation", "materialized: table")]
    [InlineData("model: shut", "model", "\"shut\": it is disabled", "enable it, or take the delivery out")]
    public void What_makes_no_relation_cannot_be_delivered(string pair, string key, string value, string hint) => Assert.Equal(
        $"error QN7194: this cannot be delivered\n  where   quern.yml line 3, column 13, deliver.{key}\n  value   {value}\n  try     {hint}",
        Error($"  - {{{pair}, to: a.csv}}"));

    [Fact]
    public void A_word_that_is_none_is_told_as_the_verb_tells_it_with_its_place() => Assert.Equal(
        "error QN1005: not a value of this option\n  where   quern.yml line 3, column 37, deliver.mode\n  value   \"marge\"\n"
        + "  wanted  create, append, replace, merge\n  try     mode: merge",
        Error("  - {model: daily, to: a.csv, mode: marge}"));

    [Theory]
    [InlineData("postgres://localhost/a", "connections: 65", "QN1005", "connections")]
    [InlineData("postgres://localhost/a", "connections: 99999999999", "QN1005", "connections")]
    [InlineData("postgres://localhost/a", "batch_rows: -1", "QN1005", "batch_rows")]
    [InlineData("postgres://localhost/a", "partition_by: day", "QN1005", "partition_by")]
    [InlineData("postgres://localhost/a", "lock_timeout: 86401", "QN1005", "lock_timeout")]
    [InlineData("postgres://localhost/a", "table: a.b.c.d", "QN8262", "table")]
    [InlineData("postgres://localhost/a", "max_rejects: some", "QN1005", "max_rejects")]
    [InlineData("postgres://localhost/a", "method: single_file", "QN1146", "method")]
    [InlineData("a.parquet", "mode: append", "QN1146", "mode")]
    [InlineData("a.parquet", "key: id", "QN1146", "key")]
    [InlineData("a.xlsx", "mode: replace", "QN1110", "to")]
    [InlineData("shop.duckdb", "mode: replace", "QN1113", "to")]
    [InlineData("a.csv", "rejects: a.csv", "QN1111", "rejects")]
    public void What_the_verb_refuses_is_refused_here_with_its_place(string to, string pair, string code, string key)
    {
        var line = $"  - {{model: daily, to: {to}, {pair}}}";
        var column = line.IndexOf($"{key}: ", StringComparison.Ordinal) + key.Length + 3;
        var error = Error(line);
        Assert.StartsWith($"error {code}: ", error, StringComparison.Ordinal);
        Assert.Contains($"\n  where   quern.yml line 3, column {column}, deliver.{key}\n", error, StringComparison.Ordinal);
        Assert.DoesNotContain("--", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_that_fails_is_told_with_its_place()
    {
        var error = Error("  - {model: daily, to: \"postgres://{{ env_var('DB_URL') }}\"}");
        Assert.StartsWith("error QN7125: ", error, StringComparison.Ordinal);
        Assert.Contains("quern.yml line 3, column 24, deliver.to", error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_template_gives_must_fit() => Assert.Equal(
        "error QN7196: the value does not fit its key\n  where   quern.yml line 3, column 44, deliver.connections\n  value   {{ 'many' }}\n"
        + "  wanted  a whole number", Error("  - {model: daily, to: a.csv, connections: \"{{ 'many' }}\"}"));

    [Fact]
    public void Two_deliveries_do_not_go_into_one_place()
    {
        var error = Error("  - {model: daily, to: a.csv}\n  - {model: rates, to: ./a.csv}");
        Assert.StartsWith("error QN1111: two outputs are the same place\n  where   quern.yml line 4, column ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_fault_shows_a_password()
    {
        _project.Environment["DBT_ENV_SECRET_URL"] = "postgres://me:hush@localhost/shop?sslmod=require";
        foreach (var more in new[] { "", ", method: partitioned", ", table: a.b.c.d", ", mode: marge" })
            Assert.DoesNotContain("hush", Error($"  - {{model: daily, to: \"{{{{ env_var('DBT_ENV_SECRET_URL') }}}}\"{more}}}"), StringComparison.Ordinal);
    }

    IReadOnlyList<PlannedDelivery> Read(string deliver)
    {
        _project.Write("quern.yml", $"version: 1\ndeliver:\n{deliver}\n");
        var connection = new ConnectionDefaults(new Dictionary<string, string>(), "somebody") { Secrets = _secrets };
        return new DeliveryReader(_project.Load(), connection).Read(QuernOptions.Read(_project.Folder));
    }

    string Error(string deliver)
    {
        var fault = Assert.Throws<QuernException>(() => Read(deliver)).Fault;
        Assert.Equal(ExitCode.Usage, fault.ExitCode);
        return fault.ToString();
    }
}
