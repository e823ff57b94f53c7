using System.Globalization;
using Quern.Jinja.Values;
using Quern.Tests.Projects.Context;

namespace Quern.Tests.Projects.Library;

/// <summary>What the SQL of the library's macros gives in the database, against values worked out by hand.</summary>
public class LibraryTests
{
    [Theory]
    [InlineData("dbt.date_trunc('month', \"date '2024-03-17'\")", "{0} = date '2024-03-01'")]
    [InlineData("dbt.date_trunc('hour', \"timestamp '2024-03-17 11:12:13'\")", "{0} = timestamp '2024-03-17 11:00:00'")]
    [InlineData("dbt.dateadd('day', 3, \"date '2024-02-27'\")", "{0} = date '2024-03-01'")]
    [InlineData("dbt.dateadd('month', '-1', \"timestamp '2024-03-31 01:00:00'\")", "{0} = timestamp '2024-02-29 01:00:00'")]
    [InlineData("dbt.dateadd('day', 1, \"'2024-02-28'\")", "{0} = timestamp '2024-02-29'")]
    [InlineData("dbt.datediff(\"'2023-12-31'\", \"'2024-01-01'\", 'year')", "{0} = 1")]
    [InlineData("dbt.datediff(\"date '2024-01-31'\", \"date '2024-02-01'\", 'day')", "{0} = 1")]
    [InlineData("dbt.datediff(\"timestamp '2024-01-01 00:59:59'\", \"timestamp '2024-01-01 02:00:00'\", 'hour')", "{0} = 2")]
    [InlineData("dbt.datediff(\"date '2024-03-01'\", \"date '2024-02-01'\", 'month')", "{0} = -1")]
    [InlineData("dbt.last_day(\"date '2024-02-03'\", 'month')", "{0} = date '2024-02-29'")]
    [InlineData("dbt.last_day(\"date '2024-02-03'\", 'quarter')", "{0} = date '2024-03-31'")]
    [InlineData("dbt.last_day(\"date '2024-02-03'\", 'year')", "{0} = date '2024-12-31'")]
    [InlineData("dbt.date(2024, 2, 9)", "{0} = date '2024-02-09'")]
    [InlineData("dbt.current_timestamp()", "{0} > timestamp '2024-01-01'")]
    [InlineData("dbt.current_timestamp_backcompat()", "{0} > timestamp '2024-01-01'")]
    [InlineData("dbt.current_timestamp_in_utc_backcompat()", "{0} > timestamp '2024-01-01'")]
    [InlineData("dbt.snapshot_get_time()", "typeof({0}) = 'TIMESTAMP'")]
    [InlineData("dbt.snapshot_string_as_time('2024-01-02 03:04:05')", "{0} = timestamp '2024-01-02 03:04:05'")]
    [InlineData("dbt.concat(['a', \"'-'\", 'b'])", "(select {0} from (select 'x' as a, 'y' as b)) = 'x-y'")]
    [InlineData("dbt.hash(\"'abc'\")", "{0} = '900150983cd24fb0d6963f7d28e17f72'")]
    [InlineData("dbt.hash('12')", "{0} = md5('12')")]
    [InlineData("dbt.length(\"'four'\")", "{0} = 4")]
    [InlineData("dbt.position(\"'b'\", \"'abc'\")", "{0} = 2")]
    [InlineData("dbt.replace(\"'abc'\", \"'b'\", \"'x'\")", "{0} = 'axc'")]
    [InlineData("dbt.right(\"'abcde'\", 2)", "{0} = 'de'")]
    [InlineData("dbt.right(\"'abcde'\", 0)", "{0} = ''")]
    [InlineData("dbt.split_part(\"'a|b|c'\", \"'|'\", 2)", "{0} = 'b'")]
    [InlineData("dbt.split_part(\"'a|b|c'\", \"'|'\", -1)", "{0} = 'c'")]
    [InlineData("dbt.split_part(\"'a|b|c'\", \"'|'\", 9)", "{0} = ''")]
    [InlineData("dbt.string_literal('x')", "{0} = 'x'")]
    [InlineData("dbt.string_literal(dbt.escape_single_quotes(\"it's\"))", "{0} = 'it''s'")]
    [InlineData("dbt.safe_cast(\"'x'\", dbt.type_int())", "{0} is null")]
    [InlineData("dbt.safe_cast(\"'7'\", dbt.type_int())", "{0} = 7")]
    [InlineData("dbt.cast('7.0', dbt.type_string())", "{0} = '7.0'")]
    [InlineData("dbt.cast_bool_to_text('true')", "{0} = 'true'")]
    [InlineData("dbt.array_construct(['1', '2'])", "{0} = [1, 2]")]
    [InlineData("dbt.array_construct([], dbt.type_string())", "typeof({0}) = 'VARCHAR[]'")]
    [InlineData("dbt.array_append('[1]', '2')", "{0} = [1, 2]")]
    [InlineData("dbt.array_concat('[1]', '[2, 3]')", "{0} = [1, 2, 3]")]
    public void Expressions_have_the_value_they_should(string call, string check)
    {
        using var sample = new Sample();
        var sql = sample.Value(call);
        Assert.Equal(true, sample.Query($"select {string.Format(CultureInfo.InvariantCulture, check, sql)}"));
        var bare = sample.Value(call.Replace("dbt.", "", StringComparison.Ordinal));
        Assert.Equal(sql, bare);
    }

    [Theory]
    [InlineData("type_string", "VARCHAR")]
    [InlineData("type_timestamp", "TIMESTAMP")]
    [InlineData("type_float", "FLOAT")]
    [InlineData("type_numeric", "DECIMAL(28,6)")]
    [InlineData("type_bigint", "BIGINT")]
    [InlineData("type_int", "INTEGER")]
    [InlineData("type_boolean", "BOOLEAN")]
    public void Types_are_those_of_the_database(string macro, string type)
    {
        using var sample = new Sample();
        Assert.Equal(type, sample.Query($"select typeof(cast(null as {sample.Value($"dbt.{macro}()")}))"));
    }

    [Theory]
    [InlineData("dbt.any_value('v')", "{0} in ('a', 'b', 'c')")]
    [InlineData("dbt.bool_or(\"v = 'b'\")", "{0}")]
    [InlineData("dbt.listagg('v')", "length({0}) = 5")]
    [InlineData("dbt.listagg('v', \"'-'\", 'order by v desc')", "{0} = 'c-b-a'")]
    [InlineData("dbt.listagg('v', \"', '\", 'order by v', 2)", "{0} = 'a, b'")]
    public void Aggregates_have_the_value_they_should(string call, string check)
    {
        using var sample = new Sample();
        var sql = string.Format(CultureInfo.InvariantCulture, check, sample.Value(call));
        Assert.Equal(true, sample.Query($"select {sql} from (values ('b'), ('a'), ('c')) t(v)"));
    }

    [Theory]
    [InlineData("select 1 {0} select 1", "dbt.except()", 0L)]
    [InlineData("select 1 {0} select 2", "dbt.except()", 1L)]
    [InlineData("select 1 {0} select 1", "dbt.intersect()", 1L)]
    [InlineData("{0}", "dbt.generate_series(1000)", 1000L)]
    [InlineData("{0}", "dbt.date_spine('day', \"cast('2024-02-27' as date)\", \"cast('2024-03-02' as date)\")", 4L)]
    [InlineData("{0}", "dbt.date_spine('month', \"cast('2024-01-01' as date)\", \"cast('2025-01-01' as date)\")", 12L)]
    [InlineData("{0}", "dbt.get_empty_subquery_sql('select 1 as a')", 0L)]
    [InlineData("{0}", "dbt.get_limit_subquery_sql('select unnest(range(9))', 4)", 4L)]
    public void Queries_have_the_rows_they_should(string query, string call, long rows)
    {
        using var sample = new Sample();
        var sql = string.Format(CultureInfo.InvariantCulture, query, sample.Value(call));
        Assert.Equal(rows, sample.Query($"select count(*) from ({sql})"));
    }

    [Fact]
    public void A_date_spine_begins_with_its_first_day_and_ends_before_its_last()
    {
        using var sample = new Sample();
        var sql = sample.Value("dbt.date_spine('day', \"cast('2024-02-28' as date)\", \"cast('2024-03-02' as date)\")");
        Assert.Equal("2024-02-28,2024-02-29,2024-03-01", sample.Query($"select string_agg(cast(cast(date_day as date) as varchar), ',' order by date_day) from ({sql})"));
    }

    [Fact]
    public void Columns_of_a_query_are_known_by_name()
    {
        using var sample = new Sample();
        Assert.Equal("['a', 'B c']", sample.Value("dbt.get_columns_in_query('select 1 as a, 2 as \"B c\"')"));
    }

    [Theory]
    [InlineData("duckdb__hash", "theirs(x)")]
    [InlineData("default__hash", "theirs(x)")]
    public void A_project_replaces_a_macro_of_the_library(string name, string expected)
    {
        using var sample = new Sample($"{{% macro {name}(field) -%}}theirs({{{{ field }}}}){{%- endmacro %}}");
        Assert.Equal(expected, sample.Value("dbt.hash('x')"));
        Assert.Equal(expected, sample.Value("hash('x')"));
    }

    [Fact]
    public void A_package_replaces_a_macro_of_the_library_where_the_search_order_says_so()
    {
        var order = new Dictionary<string, IReadOnlyList<string>> { ["dbt"] = ["abacus", "dbt"] };
        using var sample = new Sample(dispatch: order, packages: ("abacus", "{% macro default__hash(field) %}theirs{% endmacro %}"));
        Assert.Equal("theirs", sample.Value("dbt.hash('x')"));
    }

    [Fact]
    public void Names_follow_the_target_and_what_configuration_asks_for()
    {
        using var sample = new Sample();
        var node = sample.Model("orders", "select 1");
        Assert.Equal("main", sample.Templates.GenerateName("generate_schema_name", null, node));
        Assert.Equal("main_marts", sample.Templates.GenerateName("generate_schema_name", " marts ", node));
        Assert.Equal("orders", sample.Templates.GenerateName("generate_alias_name", null, node));
        Assert.Equal("other", sample.Templates.GenerateName("generate_alias_name", "other", node));
        Assert.Equal("memory", sample.Templates.GenerateName("generate_database_name", null, node));
    }

    [Fact]
    public void A_project_names_schemas_its_own_way()
    {
        using var sample = new Sample("{% macro generate_schema_name(custom_schema_name, node) -%}\n    {{ node.name }}_{{ custom_schema_name or 'none' }}\n{%- endmacro %}");
        Assert.Equal("orders_none", sample.Templates.GenerateName("generate_schema_name", null, sample.Model("orders", "select 1")));
    }

    [Fact]
    public void Dates_in_a_range_are_listed()
    {
        using var sample = new Sample();
        Assert.Equal("['20240228', '20240229', '20240301']", sample.Value("dbt.partition_range('20240228,20240301')"));
        Assert.Equal("['2024-12-31']", sample.Value("dbt.dates_in_range('31.12.2024', in_fmt='%d.%m.%Y', out_fmt='%Y-%m-%d')"));
    }

    [Fact]
    public void Accepted_values_are_quoted_unless_told_otherwise()
    {
        using var sample = new Sample();
        sample.Session.Execute("create table orders as from (values ('a'), ('b'), (null)) t(status)");
        sample.Session.Execute("create table numbers as from (values (1), (2), (3)) t(n)");
        sample.Model("orders", "select 1");
        sample.Model("numbers", "select 1");
        Assert.Equal(1L, Failures("orders", new Dict { ["values"] = new List<object?> { "a" }, ["column_name"] = "status" }));
        Assert.Equal(2L, Failures("numbers", new Dict { ["values"] = new List<object?> { 2L }, ["quote"] = false, ["column_name"] = "n" }));

        object? Failures(string model, Dict arguments)
        {
            var test = new Quern.Projects.Nodes.GenericTest(null, "accepted_values", arguments, null, $"model.shop.{model}");
            return sample.Query($"select count(*) from ({sample.Compile(sample.Test($"accepted_{model}", "{{ test_accepted_values(**_dbt_generic_test_kwargs) }}", test))})");
        }
    }
}
