using System.Text.Json;
using Quern.Projects.Nodes;

namespace Quern.Tests.Projects.Reading;

/// <summary>The sample project against what dbt said of it.</summary>
public sealed class ShopTests
{
    static readonly JsonElement Expected = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cases", "shop", "expected.json"))).RootElement;

    [Fact]
    public void The_ids_of_a_build_are_those_of_dbt()
    {
        using var shop = ProjectFolder.Shop();
        var results = Expected.GetProperty("steps")[0].GetProperty("results").EnumerateObject().Select(r => r.Name).Order(StringComparer.Ordinal);
        var nodes = shop.Read().Nodes.Values.Where(n => !n.IsEphemeral).Select(n => n.Id).Order(StringComparer.Ordinal);
        Assert.Equal(results, nodes);
        Assert.Empty(shop.Warnings);
    }

    [Fact]
    public void The_relations_of_a_build_are_those_of_dbt()
    {
        using var shop = ProjectFolder.Shop();
        var made = shop.Read().Nodes.Values
            .Where(n => n.Kind is ResourceKind.Model or ResourceKind.Seed or ResourceKind.Snapshot && !n.IsEphemeral || n.Config.Flag("store_failures") == true)
            .Select(n => $"{n.Schema}.{n.Alias}").Order(StringComparer.Ordinal);
        var relations = Expected.GetProperty("steps")[0].GetProperty("relations").EnumerateObject().Select(r => r.Name)
            .Where(r => !r.StartsWith("ops.", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Assert.Equal(relations, made);
    }

    [Fact]
    public void Every_listed_name_is_the_path_of_a_resource()
    {
        using var shop = ProjectFolder.Shop();
        var paths = shop.Read().Resources.Select(r => r is SourceTable s ? $"source:{s.Package}.{s.Source}.{s.Name}" : string.Join('.', r.Path)).ToHashSet();
        var listed = Expected.GetProperty("steps").EnumerateArray()
            .Where(s => s.TryGetProperty("lines", out _) && !s.GetProperty("command").GetString()!.Contains("--output", StringComparison.Ordinal))
            .SelectMany(s => s.GetProperty("lines").EnumerateArray()).Select(l => l.GetString()!).Distinct().ToList();
        Assert.True(listed.Count > 30, $"only {listed.Count}");
        Assert.DoesNotContain(listed, l => !paths.Contains(l));
    }

    [Theory]
    [InlineData("model.shop.daily_sales", "model.shop.order_facts")]
    [InlineData("model.shop.stg_rates", "source.shop.files.currency_rates")]
    [InlineData("model.shop.order_facts", "model.shop.orders_priced", "model.shop.stg_payments")]
    [InlineData("snapshot.shop.product_history", "seed.shop.raw_products")]
    [InlineData("test.shop.paid_not_above_total", "model.shop.order_facts")]
    [InlineData("test.shop.relationships_order_facts_order_id__order_id__ref_stg_orders_.4525ad3c07", "model.shop.order_facts", "model.shop.stg_orders")]
    [InlineData("test.shop.abacus_between_stg_products_price__100__1.a1bf32cead", "model.shop.stg_products")]
    [InlineData("test.shop.source_not_null_files_currency_rates_currency.0ed1001189", "source.shop.files.currency_rates")]
    public void A_node_depends_on_what_it_reads(string id, params string[] reads)
    {
        using var shop = ProjectFolder.Shop();
        Assert.Equal(reads.Order(), shop.Node(id).DependsOn.Order());
    }

    [Theory]
    [InlineData("model.shop.run_facts", "table")]
    [InlineData("model.shop.channel_mix", "view")]
    [InlineData("model.shop.customer_totals", "table")]
    [InlineData("model.shop.orders_kept", "ephemeral")]
    [InlineData("model.shop.price_list", "incremental")]
    [InlineData("seed.shop.raw_orders", "seed")]
    public void The_file_wins_over_YAML_and_YAML_over_the_folder(string id, string materialized)
    {
        using var shop = ProjectFolder.Shop();
        Assert.Equal(materialized, shop.Node(id).Config.Materialized);
    }

    [Fact]
    public void Tags_of_all_levels_add_up()
    {
        using var shop = ProjectFolder.Shop();
        Assert.Equal(["shop", "nightly", "finance"], shop.Node("model.shop.daily_sales").Tags);
    }

    [Fact]
    public void Hooks_of_folder_and_file_add_up_in_this_order()
    {
        using var shop = ProjectFolder.Shop();
        var hooks = ((List<object?>)shop.Node("model.shop.order_facts").Config["post-hook"]!).Cast<Quern.Jinja.Values.Dict>().Select(h => h["sql"]);
        Assert.Equal(["{{ count_rows(this) }}", "create index if not exists order_facts_by_customer on {{ this }} (customer_id)"], hooks);
    }

    [Fact]
    public void A_description_is_that_of_its_docs_block()
    {
        using var shop = ProjectFolder.Shop();
        Assert.Equal(
            "Where the order stands: placed, shipped, completed, returned or cancelled.",
            shop.Node("model.shop.stg_orders").Columns["status"].Description);
    }

    [Fact]
    public void A_variable_of_the_command_line_enables_a_model()
    {
        using var shop = ProjectFolder.Shop();
        var manifest = shop.Read();
        Assert.Contains("model.shop.legacy_orders", manifest.Disabled.Keys);
        Assert.DoesNotContain("model.shop.legacy_orders", manifest.Nodes.Keys);
        Assert.Contains("model.shop.legacy_orders", shop.Read("{with_legacy: true}").Nodes.Keys);
    }

    [Fact]
    public void An_external_source_names_its_file()
    {
        using var shop = ProjectFolder.Shop();
        Assert.Equal("'data/currency_rates.csv'", shop.Read().Sources["source.shop.files.currency_rates"].ExternalLocation);
    }
}
