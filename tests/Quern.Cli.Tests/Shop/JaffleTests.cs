using System.Globalization;
using System.Text.Json;

namespace Quern.Cli.Tests.Shop;

/// <summary>dbt's own first project, where a copy of it is at hand: QUERN_JAFFLE_DIR names the folder (the repository jaffle_shop_duckdb of dbt-labs).</summary>
public sealed class JaffleTests
{
    const string Totals =
        """
        select sum(amount)::bigint as amount, sum(credit_card_amount)::bigint as credit_card_amount, sum(coupon_amount)::bigint as coupon_amount,
          sum(bank_transfer_amount)::bigint as bank_transfer_amount, sum(gift_card_amount)::bigint as gift_card_amount,
          count(distinct customer_id) as distinct_customers, min(order_date) as min_order_date, max(order_date) as max_order_date from orders
        """;

    const string ByStatus = "select status, count(*) as n, sum(amount)::bigint as amount from orders group by status order by status";

    const string Customers =
        """
        select count(*) as n, count(*) filter (number_of_orders is not null) as with_orders, sum(number_of_orders)::bigint as number_of_orders,
          sum(customer_lifetime_value)::bigint as customer_lifetime_value, max(customer_lifetime_value)::bigint as max_clv,
          count(*) filter (customer_lifetime_value is null) as null_clv from customers
        """;

    static readonly JsonElement Expected = ExpectedStep.Read("jaffle_shop_duckdb_expected.json");

    [Fact]
    public void Makes_what_dbt_makes_of_its_first_project()
    {
        var folder = Workdir.Variable("QUERN_JAFFLE_DIR");
        if (folder is null) Assert.Skip("QUERN_JAFFLE_DIR does not name a copy of dbt-labs/jaffle_shop_duckdb");
        using var desk = new ProjectDesk(folder);
        desk.Here.Bash("rm -rf target logs *.duckdb *.wal").Is(ExitCode.Done);
        var ended = desk.Quern("build");
        Assert.True(ended.Code == 0, ended.Output + ended.Error);
        var console = ProjectDesk.Console(ended.Output);
        var totals = string.Join(' ', Expected.GetProperty("totals").EnumerateObject().Select(t => $"{t.Name}={t.Value.GetInt32()}"));
        Assert.Contains($"Done. {totals}", console);
        Assert.Contains($"Finished running {Expected.GetProperty("finished").GetString()} in 0 hours 0 minutes and N seconds (Ns).", console);
        Assert.Equal(
            Expected.GetProperty("statuses").EnumerateObject().Select(s => $"{s.Name} {s.Value.GetString()}").Order(StringComparer.Ordinal),
            desk.RunResults().GetProperty("results").EnumerateArray().Select(r => $"{r.GetProperty("unique_id")} {r.GetProperty("status")}").Order(StringComparer.Ordinal));
        using var database = desk.Open("jaffle_shop.duckdb");
        Assert.Equal(Expected.GetProperty("relations").EnumerateObject().Select(Text).Order(StringComparer.Ordinal), Stored(database).Order(StringComparer.Ordinal));
        Same("orders_totals", database.Objects(Totals)[0]);
        Same("orders_by_status", database.Objects(ByStatus));
        Same("customers_totals", database.Objects(Customers)[0]);
        Sample("orders_sample", "orders", "order_id", database);
        Sample("customers_sample", "customers", "customer_id", database);
    }

    static void Same(string name, JsonElement ours) => Assert.Equal(Plain(Expected.GetProperty("values").GetProperty(name)), Plain(ours));

    static void Sample(string name, string table, string key, ProjectDatabase database)
    {
        foreach (var row in Expected.GetProperty("values").GetProperty(name).EnumerateArray())
            Assert.Equal(Plain(row), Plain(database.Objects($"select * from {table} where {key} = {row.GetProperty(key)}")[0]));
    }

    // 10 and 10.0 are the same number.
    static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Plain))}]",
        JsonValueKind.Object => $"{{{string.Join(", ", value.EnumerateObject().Select(p => $"{p.Name}: {Plain(p.Value)}"))}}}",
        JsonValueKind.Number => value.GetDouble().ToString(CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    static string Text(JsonProperty relation)
    {
        var columns = relation.Value.GetProperty("columns").EnumerateObject().Select(c => $"{c.Name} {c.Value.GetString()}");
        return $"{relation.Name} {relation.Value.GetProperty("kind").GetString()} {relation.Value.GetProperty("rows").GetInt32()}: {string.Join(", ", columns)}";
    }

    static IEnumerable<string> Stored(ProjectDatabase database) =>
        database.Relations().Select(r => $"{r.Key} {r.Value.Type} {r.Value.Rows.Count}: {string.Join(", ", r.Value.Columns)}");
}
