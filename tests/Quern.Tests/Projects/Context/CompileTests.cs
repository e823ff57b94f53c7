using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Tests.Projects.Context;

public class CompileTests
{
    const string Amounts =
        """
        {% macro to_amount(cents, scale=2) -%}
            {{ return(adapter.dispatch('to_amount', 'abacus')(cents, scale)) }}
        {%- endmacro %}

        {% macro default__to_amount(cents, scale) -%}
            round({{ cents }} / 100, {{ scale }})
        {%- endmacro %}

        {% macro duckdb__to_amount(cents, scale) -%}
            cast({{ cents }} * 0.01 as decimal(14, {{ scale }}))
        {%- endmacro %}

        {% macro bucket(number, width=10) -%}
            {{ return(adapter.dispatch('bucket', 'abacus')(number, width)) }}
        {%- endmacro %}

        {% macro duckdb__bucket(number, width) -%}
            theirs
        {%- endmacro %}

        {% test between(model, column_name, low=0, high=none) %}
        select {{ column_name }} as value
        from {{ model }}
        where {{ column_name }} < {{ low }}
        {%- if high is not none %}
           or {{ column_name }} > {{ high }}
        {%- endif %}
        {% endtest %}
        """;

    const string Macros =
        """
        {% macro default__bucket(number, width) -%}
            '{{ width }}-wide ' || {{ number }}
        {%- endmacro %}

        {% macro methods(payments) %}
            {%- set query -%}
                select distinct method from {{ payments }} order by method
            {%- endset -%}
            {%- if execute -%}
                {%- set found = run_query(query) -%}
                {{ return(found.columns[0].values() | list) }}
            {%- endif -%}
            {{ return([]) }}
        {% endmacro %}

        {% macro with_total(amount) -%}
        with daily as (
            {{ caller() | trim | indent(4) }}
        )
        select sum({{ amount }}) from daily
        {%- endmacro %}
        """;

    [Fact]
    public void A_relation_is_quoted_in_three_parts()
    {
        using var sample = new Sample();
        sample.Model("raw_orders", "select 1");
        var model = sample.Model("orders", "select * from {{ ref('raw_orders') }}");
        Assert.Equal("select * from \"memory\".\"main\".\"raw_orders\"", sample.Compile(model));
        Assert.Equal(["model.shop.raw_orders"], model.DependsOn);
    }

    [Fact]
    public void A_config_at_the_top_leaves_its_blank_lines()
    {
        using var sample = new Sample();
        var model = sample.Model("orders", "{{ config(materialized='table', tags=['a']) }}\n\nselect 1\n");
        Assert.Equal("\n\nselect 1", sample.Compile(model));
        Assert.Equal("table", model.Config.Materialized);
    }

    [Fact]
    public void Dispatch_searches_packages_first_and_databases_second()
    {
        var order = new Dictionary<string, IReadOnlyList<string>> { ["abacus"] = ["shop", "abacus"] };
        using var sample = new Sample(Macros, dispatch: order, packages: ("abacus", Amounts));
        Assert.Equal("'25-wide ' || o.total", sample.Value("abacus.bucket('o.total', width=25)"));
        Assert.Equal("cast(p.cents * 0.01 as decimal(14, 2))", sample.Value("abacus.to_amount('p.cents')"));
        using var plain = new Sample(packages: ("abacus", Amounts));
        Assert.Equal("theirs", plain.Value("abacus.bucket('o.total')"));
    }

    [Fact]
    public void A_query_runs_while_compiling_and_not_while_parsing()
    {
        using var sample = new Sample(Macros);
        sample.Model("payments", "select 1", "table");
        sample.Session.Execute("create table payments as from (values ('voucher'), ('card'), ('card')) t(method)");
        var model = sample.Model("facts", "{%- for m in methods(ref('payments')) %}[{{ m }}]{% endfor %}");
        Assert.Equal("[card][voucher]", sample.Compile(model));
        Assert.Equal(["macro.shop.methods"], model.Macros);
    }

    [Fact]
    public void A_call_block_wraps_the_callers_query()
    {
        using var sample = new Sample(Macros);
        sample.Model("facts", "select 1");
        var model = sample.Model("daily", "{{ config(alias='by_day') }}\n\n{% call with_total('total') %}\nselect\n    day\nfrom {{ ref('facts') }}\n{% endcall %}");
        Assert.Equal("\n\nwith daily as (\n    select\n        day\n    from \"memory\".\"main\".\"facts\"\n)\nselect sum(total) from daily", sample.Compile(model));
    }

    [Fact]
    public void Queries_of_ephemeral_models_go_behind_the_models_own_with()
    {
        using var sample = WithEphemerals();
        var model = sample.Model("facts", "\n\nwith paid as (\n    select 2\n)\n\nselect * from {{ ref('priced') }}");
        Assert.Equal(
            "\n\nwith  __dbt__cte__kept as (\nselect *\nfrom \"memory\".\"main\".\"orders\"\n),  __dbt__cte__priced as (\nwith k as (\n    select * from __dbt__cte__kept\n)\n\nselect * from k\n), "
            + "paid as (\n    select 2\n)\n\nselect * from __dbt__cte__priced",
            sample.Compile(model));
    }

    [Fact]
    public void Queries_of_ephemeral_models_get_a_with_where_there_is_none()
    {
        using var sample = WithEphemerals();
        var model = sample.Model("facts", "{{ config(materialized='table') }}\n\nselect * from {{ ref('priced') }}, {{ ref('kept') }}");
        Assert.Equal(
            "\n\nwith __dbt__cte__kept as (\nselect *\nfrom \"memory\".\"main\".\"orders\"\n),  __dbt__cte__priced as (\nwith k as (\n    select * from __dbt__cte__kept\n)\n\nselect * from k\n) "
            + "select * from __dbt__cte__priced, __dbt__cte__kept",
            sample.Compile(model));
    }

    [Fact]
    public void Generic_tests_get_their_relation_and_arguments()
    {
        using var sample = new Sample(packages: ("abacus", Amounts));
        sample.Model("orders", "select 1");
        var between = Generic("between", new Dict { ["low"] = 0L, ["high"] = 100L, ["column_name"] = "paid_percent" }, "abacus");
        var test = sample.Test("between_orders", "{{ abacus.test_between(**_dbt_generic_test_kwargs) }}", between);
        Assert.Equal("\nselect paid_percent as value\nfrom \"memory\".\"main\".\"orders\"\nwhere paid_percent < 0\n   or paid_percent > 100\n", sample.Compile(test));
        Assert.Equal([new RefCall(null, "orders", null)], test.Refs);
    }

    [Fact]
    public void The_tests_of_columns_compile_as_tools_expect_them()
    {
        using var sample = new Sample();
        sample.Model("orders", "select 1");
        sample.Model("stg_orders", "select 1");
        Assert.Equal(
            "\n    \n    \n\nselect\n    order_id as unique_field,\n    count(*) as n_records\n\nfrom \"memory\".\"main\".\"orders\"\nwhere order_id is not null\ngroup by order_id\nhaving count(*) > 1\n\n\n",
            Compile("unique", new Dict(), null));
        Assert.Equal(
            "\n    \n    \n\n\n\nselect order_id\nfrom (select * from \"memory\".\"main\".\"orders\" where total > 0) dbt_subquery\nwhere order_id is null\n\n\n",
            Compile("not_null", new Dict(), new Dict { ["where"] = "total > 0" }));
        Assert.Equal(
            "\n    \n    \n\nwith child as (\n    select order_id as from_field\n    from \"memory\".\"main\".\"orders\"\n    where order_id is not null\n),\n\n"
            + "parent as (\n    select order_id as to_field\n    from \"memory\".\"main\".\"stg_orders\"\n)\n\nselect\n    from_field\n\nfrom child\n"
            + "left join parent\n    on child.from_field = parent.to_field\n\nwhere parent.to_field is null\n\n\n",
            Compile("relationships", new Dict { ["to"] = "ref('stg_orders')", ["field"] = "order_id" }, null));

        string Compile(string name, Dict arguments, Dict? config)
        {
            arguments["column_name"] = "order_id";
            return sample.Compile(sample.Test(name, $"{{{{ test_{name}(**_dbt_generic_test_kwargs) }}}}", Generic(name, arguments, null), config));
        }
    }

    [Fact]
    public void Ephemeral_models_of_two_packages_with_the_same_name_are_both_put_in()
    {
        using var sample = new Sample(packages: ("other", ""));
        var ours = sample.Model("kept", "select 1 as a", "ephemeral");
        var theirs = sample.Model("kept", "select 2 as a", "ephemeral", package: "other");
        var reader = sample.Model("reader", "select * from {{ ref('shop', 'kept') }}, {{ ref('other', 'kept') }}");
        reader.DependsOn.Clear();
        reader.DependsOn.AddRange([ours.Id, theirs.Id]);
        var sql = sample.Compile(reader);
        Assert.Contains("select 1 as a", sql);
        Assert.Contains("select 2 as a", sql);
        Assert.Contains("kept", Assert.Throws<QuernException>(() => sample.Session.Query(sql)).Fault.What);
    }

    static GenericTest Generic(string name, Dict arguments, string? space) =>
        new(space, name, arguments, arguments["column_name"] as string, "model.shop.orders");

    static Sample WithEphemerals()
    {
        var sample = new Sample();
        sample.Model("orders", "select 1");
        sample.Model("kept", "select *\nfrom {{ ref('orders') }}", "ephemeral");
        sample.Model("priced", "with k as (\n    select * from {{ ref('kept') }}\n)\n\nselect * from k", "ephemeral");
        return sample;
    }
}
