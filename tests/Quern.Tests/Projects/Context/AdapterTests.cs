namespace Quern.Tests.Projects.Context;

public class AdapterTests
{
    const string Orders = "api.Relation.create(database='memory', schema='main', identifier='orders')";

    [Theory]
    [InlineData("adapter.get_relation('memory', 'main', 'orders')", "\"memory\".\"main\".\"orders\"")]
    [InlineData("adapter.get_relation('memory', 'main', 'ORDERS').type", "table")]
    [InlineData("adapter.get_relation('memory', 'main', 'nothing')", "None")]
    [InlineData("adapter.get_columns_in_relation(" + Orders + ") | map(attribute='name') | join(',')", "id,total,label")]
    [InlineData("adapter.get_columns_in_relation(" + Orders + ") | map(attribute='data_type') | join(',')", "INTEGER,DECIMAL(14,2),character varying(256)")]
    [InlineData("adapter.get_columns_in_relation(" + Orders + ".incorporate(path={'identifier': 'nothing'}))", "[]")]
    [InlineData("adapter.get_missing_columns(" + Orders + ", " + Orders + ".incorporate(path={'identifier': 'fewer'})) | map(attribute='name') | list", "['total']")]
    [InlineData("adapter.list_relations_without_caching(" + Orders + ") | map(attribute='identifier') | join(',')", "fewer,orders,seen")]
    [InlineData("adapter.check_schema_exists('memory', 'main')", "True")]
    [InlineData("adapter.check_schema_exists('memory', 'nowhere')", "False")]
    [InlineData("adapter.already_exists('main', 'orders')", "True")]
    [InlineData("adapter.quote('a b')", "\"a b\"")]
    [InlineData("adapter.quote_as_configured('a', 'identifier')", "\"a\"")]
    [InlineData("adapter.type()", "duckdb")]
    public void Questions_are_answered_while_running(string expression, string expected)
    {
        using var sample = Filled();
        Assert.Equal(expected, sample.Value(expression));
    }

    [Theory]
    [InlineData("adapter.get_relation('memory', 'main', 'orders')", "None")]
    [InlineData("adapter.get_columns_in_relation(this)", "[]")]
    [InlineData("adapter.get_missing_columns(this, this)", "[]")]
    [InlineData("adapter.drop_relation(this)", "")]
    [InlineData("adapter.unheard_of(1, 2)", "None")]
    [InlineData("run_query('this is no SQL')", "None")]
    [InlineData("load_result('x')", "None")]
    [InlineData("nothing.like(this)['here']", "")]
    [InlineData("graph.nodes", "{}")]
    [InlineData("execute", "False")]
    [InlineData("adapter.quote('a')", "\"a\"")]
    public void Nothing_is_asked_while_parsing(string expression, string expected)
    {
        using var sample = new Sample();
        Assert.Equal(expected, sample.ParseText("{{ " + expression + " }}"));
    }

    [Fact]
    public void Relations_are_dropped_renamed_and_schemas_made()
    {
        using var sample = Filled();
        sample.Render($"{{% do adapter.rename_relation({Orders}, {Orders}.incorporate(path={{'identifier': 'renamed'}})) %}}");
        Assert.Equal("None \"memory\".\"main\".\"renamed\"", sample.Value("adapter.get_relation('memory', 'main', 'orders') ~ ' ' ~ adapter.get_relation('memory', 'main', 'renamed')"));
        sample.Render("{% do adapter.drop_relation(adapter.get_relation('memory', 'main', 'renamed')) %}{% do adapter.create_schema(api.Relation.create(schema='made')) %}");
        Assert.Equal(0L, sample.Query("select count(*) from duckdb_tables() where table_name = 'renamed'"));
        Assert.Equal("True", sample.Value("adapter.check_schema_exists('memory', 'made')"));
        sample.Render("{% do adapter.drop_schema(api.Relation.create(schema='made')) %}");
        Assert.Equal("False", sample.Value("adapter.check_schema_exists('memory', 'made')"));
    }

    [Fact]
    public void A_statement_keeps_its_result_under_its_name()
    {
        using var sample = Filled();
        var text = sample.Render(
            "{% call statement('found', fetch_result=true) %}select id, label from orders order by id{% endcall %}"
            + "{% set r = load_result('found') %}{{ r.data }} {{ r['data'][1][0] }} {{ r.table.columns[1].values() }} {{ r.response }}");
        Assert.Equal("[(1, 'a'), (2, None)] 2 ('a', None) OK", text);
    }

    [Theory]
    [InlineData("t | length", "2")]
    [InlineData("t.rows | length", "2")]
    [InlineData("t.rows[0][0] ~ t.rows[0]['label'] ~ t.rows[0].values()", "1a(1, Decimal('2.50'), 'a')")]
    [InlineData("t.columns[0].values() | list", "[1, 2]")]
    [InlineData("t.columns['label'].values() | list", "['a', None]")]
    [InlineData("t.columns['label'].name", "label")]
    [InlineData("t.column_names | join(',')", "id,total,label")]
    [InlineData("t.columns | map(attribute='name') | join(',')", "id,total,label")]
    [InlineData("t[1]['id'] ~ t.rows[-1].id ~ t.rows[1].get('none', 'x')", "2")]
    public void A_table_is_read_by_position_and_name(string expression, string expected)
    {
        using var sample = Filled();
        if (expression.Contains(".id", StringComparison.Ordinal)) expected += "2x";
        Assert.Equal(expected, sample.Render("{% set t = run_query('select * from orders order by id') %}{{ " + expression + " }}"));
    }

    [Fact]
    public void Rows_are_walked_and_tables_printed()
    {
        using var sample = Filled();
        Assert.Equal("1=a;2=None;", sample.Render("{% for row in run_query('select * from orders order by id') %}{{ row['id'] }}={{ row.label }};{% endfor %}"));
        sample.Render("{% do run_query('select id, label from orders order by id').print_table() %}");
        Assert.Equal([("| id | label |\n| -- | ----- |\n| 1  | a     |\n| 2  |       |", true)], sample.Logged);
    }

    [Fact]
    public void A_failing_query_names_the_node_and_the_reason()
    {
        using var sample = new Sample("{% macro count_them() %}{{ return(run_query('select * from nowhere')) }}{% endmacro %}");
        var error = Assert.Throws<QuernException>(() => sample.Compile(sample.Model("orders", "{{ count_them() }}")));
        Assert.StartsWith("Runtime Error in model orders (models/orders.sql)\n  Catalog Error: Table with name nowhere does not exist!", error.Fault.What, StringComparison.Ordinal);
        Assert.EndsWith("\n\n  > in macro count_them (macros/shop.sql)\n  > called by model orders (models/orders.sql)", error.Fault.What, StringComparison.Ordinal);
    }

    static Sample Filled()
    {
        var sample = new Sample();
        sample.Session.Execute("create table orders(id integer, total decimal(14, 2), label varchar); insert into orders values (1, 2.5, 'a'), (2, 3, null)");
        sample.Session.Execute("create table fewer(id integer, label varchar); create view seen as select 1 as one");
        sample.Session.Warehouse.ReadCatalog(sample.Session);
        return sample;
    }
}
