using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Tests.Projects.Context;

/// <summary>The functions and values of the context.</summary>
public class ContextTests
{
    [Theory]
    [InlineData("target.name ~ '/' ~ target.type ~ '/' ~ target.schema ~ '/' ~ target.threads", "dev/duckdb/main/2")]
    [InlineData("target['profile_name']", "shop")]
    [InlineData("schema ~ '.' ~ database", "main.memory")]
    [InlineData("project_name", "shop")]
    [InlineData("flags.WHICH ~ flags.FULL_REFRESH", "buildFalse")]
    [InlineData("invocation_id", "11111111-2222-3333-4444-555555555555")]
    [InlineData("run_started_at.strftime('%Y-%m-%d')", "2024-03-10")]
    [InlineData("run_started_at.astimezone(modules.pytz.timezone('America/New_York'))", "2024-03-10 04:09:10-04:00")]
    [InlineData("dbt_version.split('.')[0:2] | join('.')", "1.10")]
    [InlineData("execute", "True")]
    [InlineData("this is none", "True")]
    [InlineData("context['project_name'] ~ context.get('nothing', '!')", "shop!")]
    [InlineData("builtins.ref is callable", "True")]
    [InlineData("tojson({'a': [1, none, true]})", "{\"a\": [1, null, true]}")]
    [InlineData("tojson({'b': 1, 'a': 2}, sort_keys=true)", "{\"a\": 2, \"b\": 1}")]
    [InlineData("tojson(ref, 'no')", "no")]
    [InlineData("fromjson('{\"a\": [1, 2.5, null]}')['a']", "[1, 2.5, None]")]
    [InlineData("fromjson('{', 'bad')", "bad")]
    [InlineData("fromyaml('a: [1, x]').a", "[1, 'x']")]
    [InlineData("fromyaml('a: [', 'bad')", "bad")]
    [InlineData("toyaml({'a': 1, 'b': ['x', {'c': none, 'd': 'true'}]})", "a: 1\nb:\n- x\n- c: null\n  d: 'true'\n")]
    [InlineData("local_md5('abc')", "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData("zip([1, 2], 'ab') | list", "[(1, 'a'), (2, 'b')]")]
    [InlineData("zip([1], 5, default='no')", "no")]
    [InlineData("set([2, 1, 2]) | sort | list", "[1, 2]")]
    [InlineData("set([1, 2]).union([3]) | length", "3")]
    [InlineData("2 in set([1, 2])", "True")]
    [InlineData("set(5, 'no')", "no")]
    [InlineData("diff_of_two_dicts({'a': ['x', 'Y']}, {'A': ['y']})", "{'a': ['x']}")]
    [InlineData("modules.datetime.datetime.strptime('2024-03-10', '%Y-%m-%d')", "2024-03-10 00:00:00")]
    [InlineData("modules.datetime.datetime.strptime('10 Mar 2024 5PM', '%d %b %Y %I%p').hour", "17")]
    [InlineData("modules.datetime.datetime(2024, 2, 28) + modules.datetime.timedelta(days=2, hours=1)", "2024-03-01 01:00:00")]
    [InlineData("modules.datetime.date(2024, 2, 28).isoformat()", "2024-02-28")]
    [InlineData("modules.datetime.datetime.now(modules.pytz.utc).tzinfo is none", "False")]
    [InlineData("modules.datetime.datetime.now().tzinfo is none", "True")]
    [InlineData("modules.pytz.timezone('Europe/Copenhagen').localize(modules.datetime.datetime(2024, 7, 1))", "2024-07-01 00:00:00+02:00")]
    [InlineData("modules.re.sub('[^a-z]+', '_', 'ab-cd  ef')", "ab_cd_ef")]
    [InlineData("modules.re.sub('(a)(b)', '\\\\2\\\\1', 'ab')", "ba")]
    [InlineData("modules.re.match('(?P<n>[0-9]+)-', '12-').group('n')", "12")]
    [InlineData("modules.re.match('b', 'ab') is none", "True")]
    [InlineData("modules.re.search('b', 'ab').start()", "1")]
    [InlineData("modules.re.findall('[0-9]', 'a1b2')", "['1', '2']")]
    [InlineData("modules.re.split(',', 'a,b')", "['a', 'b']")]
    [InlineData("modules.re.compile('A', modules.re.IGNORECASE).findall('aA')", "['a', 'A']")]
    [InlineData("modules.itertools.product([1, 2], 'a') | list", "[(1, 'a'), (2, 'a')]")]
    [InlineData("modules.itertools.chain([1], [2]) | list", "[1, 2]")]
    [InlineData("modules.itertools.combinations([1, 2, 3], 2) | list | length", "3")]
    public void Values_and_functions_are_those_of_dbt(string expression, string expected)
    {
        using var sample = new Sample();
        Assert.Equal(expected, sample.Value(expression));
    }

    [Fact]
    public void Names_of_a_node_are_its_own()
    {
        using var sample = new Sample();
        var node = sample.Model("orders", "select 1", "table", config: new Dict { ["alias"] = "sales", ["meta"] = new Dict { ["level"] = 2L } }, schema: "marts");
        Assert.Equal("\"memory\".\"marts\".\"sales\" sales marts", sample.Render("{{ this }} {{ this.name }} {{ this.schema }}", node));
        Assert.Equal("orders model shop table view-less", sample.Render("{{ model.name }} {{ model.resource_type }} {{ model['package_name'] }} {{ model.config.materialized }} view-less", node));
        Assert.Equal("model.shop.orders", sample.Render("{{ graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | map(attribute='unique_id') | join }}", node));
        Assert.Equal("2", sample.Render("{{ config.get('meta').level }}", node));
        Assert.Equal("2 none", sample.Render("{{ config.meta_get('level') }} {{ config.meta_get('other', 'none') }}", node));
    }

    [Fact]
    public void Configuration_is_empty_while_parsing_and_merged_while_running()
    {
        using var sample = new Sample();
        var node = sample.Model("orders", "{{ config(unique_key='id') }}[{{ config.get('unique_key', 'x') }}|{{ config.get('nothing', 'x') }}|{{ config.get('incremental_strategy', 'x') }}|{{ config.get('on_schema_change') }}]", "incremental");
        Assert.Equal("[id|x|None|ignore]", sample.Compile(node));
        Assert.Equal("[|]", sample.ParseText("[{{ config.get('unique_key', 'x') }}|{{ config.require('nothing') }}]"));
        var error = Assert.Throws<QuernException>(() => sample.Render("{{ config.require('nothing') }}", node));
        Assert.Equal("QN7127", error.Fault.Code);
    }

    [Fact]
    public void Several_calls_of_config_add_up()
    {
        using var sample = new Sample();
        var capture = sample.Templates.Parse(
            "{{ config(tags='a', pre_hook='x', meta={'k': 1}) }}{{ config({'tags': ['b'], 'pre-hook': ['y'], 'meta': {'l': 2}, 'materialized': 'table'}) }}",
            sample.Model("orders", "select 1"), new NodeConfig());
        Assert.Equal("{'tags': ['a', 'b'], 'pre-hook': ['x', 'y'], 'meta': {'k': 1, 'l': 2}, 'materialized': 'table'}", PythonText.Of(capture.Config));
    }

    [Fact]
    public void Variables_of_the_caller_win_then_the_packages_scope_then_the_projects_then_the_packages_own()
    {
        var vars = new Dict { ["a"] = 1L, ["b"] = 1L, ["n"] = null, ["nested"] = "{{ var('b') }}-{{ env_var('HOME_TOWN', 'none') }}", ["abacus"] = new Dict { ["b"] = 2L } };
        using var sample = new Sample(vars: vars, invocation: i => i with { Vars = new Dict { ["a"] = "cli" } }, packages: ("abacus", "{% macro m() %}{% endmacro %}"));
        Assert.Equal("cli 1 None x 1-none", sample.Value("var('a') ~ ' ' ~ var('b') ~ ' ' ~ var('n') ~ ' ' ~ var('other', 'x') ~ ' ' ~ var('nested')"));
        Assert.Equal("True False", sample.Value("var.has_var('n') ~ ' ' ~ var.has_var('other')"));
        Assert.Equal("2", sample.Compile(sample.Model("theirs", "{{ var('b') }}", package: "abacus")));
        var error = Assert.Throws<QuernException>(() => sample.Value("var('nestd')"));
        Assert.Equal("QN7113", error.Fault.Code);
        Assert.Contains("did you mean nested?", error.Fault.Try);
    }

    [Fact]
    public void Environment_variables_are_read_and_secrets_are_not()
    {
        using var sample = new Sample();
        sample.Variables["TOWN"] = "Aarhus";
        sample.Variables["DBT_ENV_SECRET_KEY"] = "hush";
        Assert.Equal("Aarhus north", sample.Value("env_var('TOWN') ~ ' ' ~ env_var('REGION', 'north')"));
        Assert.Equal("QN7125", Assert.Throws<QuernException>(() => sample.Value("env_var('REGION')")).Fault.Code);
        var secret = Assert.Throws<QuernException>(() => sample.Value("env_var('DBT_ENV_SECRET_KEY')"));
        Assert.Equal("QN7124", secret.Fault.Code);
        Assert.DoesNotContain("hush", secret.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_go_to_the_caller_also_while_parsing()
    {
        using var sample = new Sample();
        sample.ParseText("{{ log('parsing', info=true) }}");
        sample.Render("{% do log('quiet') %}{% do print('loud') %}{% do exceptions.warn('careful') %}");
        Assert.Equal([("parsing", true), ("quiet", false), ("loud", true)], sample.Logged);
        Assert.Equal([("QN7139", "careful")], sample.Warned);
    }

    [Fact]
    public void A_macro_may_stand_in_for_a_function_and_call_it()
    {
        using var sample = new Sample("{% macro ref(name) %}{% do return(builtins.ref(name).include(database=false)) %}{% endmacro %}");
        sample.Model("raw", "select 1");
        Assert.Equal("\"main\".\"raw\"", sample.Compile(sample.Model("orders", "{{ ref('raw') }}")));
    }

    [Fact]
    public void Nodes_see_the_macros_of_their_own_package_first()
    {
        using var sample = new Sample("{% macro who() %}root{% endmacro %}", packages: ("abacus", "{% macro who() %}abacus{% endmacro %}"));
        Assert.Equal("root", sample.Compile(sample.Model("ours", "{{ who() }}")));
        Assert.Equal("abacus", sample.Compile(sample.Model("theirs", "{{ who() }}", package: "abacus")));
        Assert.Equal("abacus root", sample.Value("abacus.who() ~ ' ' ~ shop.who()"));
    }

    [Fact]
    public void Is_incremental_needs_a_table_an_incremental_model_and_no_full_refresh()
    {
        using var sample = new Sample();
        var model = sample.Model("log", "{{ is_incremental() }} {{ dbt.is_incremental() }}", "incremental");
        Assert.Equal("False False", sample.Compile(model));
        sample.Session.Execute("create table log as select 1 as a");
        sample.Session.Warehouse.ReadCatalog(sample.Session);
        Assert.Equal("True True", sample.Compile(model));
        Assert.Equal("False False", sample.Compile(sample.Model("log", "{{ is_incremental() }} {{ dbt.is_incremental() }}", "table")));
        Assert.Equal("False", sample.Compile(sample.Model("log", "{{ config(full_refresh=true) }}{{ is_incremental() }}", "incremental")));
        Assert.Equal("False", sample.ParseText("{{ is_incremental() }}"));
    }

    [Fact]
    public void With_a_full_refresh_nothing_is_incremental_but_what_says_so_itself()
    {
        using var sample = new Sample(invocation: i => i with { FullRefresh = true });
        sample.Session.Execute("create table log as select 1 as a");
        sample.Session.Warehouse.ReadCatalog(sample.Session);
        Assert.Equal("False", sample.Compile(sample.Model("log", "{{ is_incremental() }}", "incremental")));
        Assert.Equal("True", sample.Compile(sample.Model("log", "{{ config(full_refresh=false) }}{{ is_incremental() }}", "incremental")));
    }

    [Fact]
    public void Empty_runs_read_no_rows()
    {
        using var sample = new Sample(invocation: i => i with { Empty = true });
        sample.Model("raw", "select 1");
        Assert.Equal("select * from (select * from \"memory\".\"main\".\"raw\" where false limit 0)", sample.Compile(sample.Model("orders", "select * from {{ ref('raw') }}")));
    }

    [Fact]
    public void Names_beside_the_usual_ones_are_seen_in_a_hook()
    {
        using var sample = new Sample("{% macro tell(results) %}{{ results | length }} {{ schemas | join }}{% endmacro %}");
        var extra = new Dictionary<string, object?> { ["results"] = new List<object?> { 1L, 2L }, ["schemas"] = new List<object?> { "main" } };
        Assert.Equal("2 main", sample.Templates.Render("{{ tell(results) }}", "on-run-end", null, sample.Session, extra));
    }
}
