namespace Quern.Tests.Projects.Context;

public class RelationTests
{
    const string Made = "api.Relation.create(database='d', schema='s', identifier='t', type='table')";

    [Theory]
    [InlineData("", "\"d\".\"s\".\"t\"")]
    [InlineData(".render()", "\"d\".\"s\".\"t\"")]
    [InlineData(".include(database=false)", "\"s\".\"t\"")]
    [InlineData(".include(database=false, schema=false)", "\"t\"")]
    [InlineData(".quote(identifier=false)", "\"d\".\"s\".t")]
    [InlineData(".without_identifier()", "\"d\".\"s\"")]
    [InlineData(".incorporate(path={'identifier': 'u'}, type='view').is_view", "True")]
    [InlineData(".incorporate(path={'identifier': 'u'})", "\"d\".\"s\".\"u\"")]
    [InlineData(".replace_path(schema='x')", "\"d\".\"x\".\"t\"")]
    [InlineData(".information_schema('tables')", "\"d\".information_schema.tables")]
    [InlineData(".is_table", "True")]
    [InlineData(".is_view", "False")]
    [InlineData(".type", "table")]
    [InlineData(".table ~ __.name ~ __.identifier", "ttt")]
    [InlineData(".matches(schema='S')", "True")]
    [InlineData(" == __", "True")]
    [InlineData(" == __.incorporate(path={'identifier': 'u'})", "False")]
    [InlineData(" is mapping and __.get('metadata').type.endswith('Relation')", "True")]
    [InlineData(" is string", "False")]
    public void A_relation_gives_its_parts_and_others_like_it(string rest, string expected)
    {
        using var sample = new Sample();
        var expression = $"{Made}{rest}".Replace("__", Made, StringComparison.Ordinal);
        Assert.Equal(expected, sample.Value(rest.StartsWith('.') || rest.Length == 0 ? expression : $"({expression})"));
    }

    [Fact]
    public void Quotes_in_a_name_are_doubled() => Assert.Equal("\"a\"\"b\"", new Quern.Projects.Context.Relation(null, null, "a\"b").Render());

    [Fact]
    public void A_project_says_which_parts_are_quoted()
    {
        using var sample = new Sample(quoting: new Quern.Jinja.Values.Dict { ["database"] = false, ["identifier"] = false });
        sample.Model("raw", "select 1");
        sample.Source("files", "rates");
        Assert.Equal("memory.\"main\".raw memory.\"files\".rates", sample.Compile(sample.Model("m", "{{ ref('raw') }} {{ source('files', 'rates') }}")));
    }

    [Fact]
    public void A_source_with_a_location_prints_it()
    {
        using var sample = new Sample();
        sample.Source("files", "rates", "'data/rates.csv'");
        Assert.Equal("from 'data/rates.csv'", sample.Compile(sample.Model("m", "from {{ source('files', 'rates') }}")));
    }

    [Theory]
    [InlineData("api.Column.create('a', 'STRING').data_type", "character varying(256)")]
    [InlineData("api.Column.create('a', 'varchar(20)').data_type", "character varying(20)")]
    [InlineData("api.Column.create('a', 'INTEGER').data_type", "INT")]
    [InlineData("api.Column('a b', 'DECIMAL(14,2)').quoted", "\"a b\"")]
    [InlineData("api.Column('a', 'DECIMAL(14,2)').data_type", "DECIMAL(14,2)")]
    [InlineData("api.Column('a', 'numeric', none, 10, 2).data_type", "numeric(10,2)")]
    [InlineData("api.Column('a', 'DECIMAL(14,2)').is_number()", "True")]
    [InlineData("api.Column('a', 'BIGINT').is_integer()", "True")]
    [InlineData("api.Column('a', 'VARCHAR').is_string() and not api.Column('a', 'DATE').is_string()", "True")]
    [InlineData("api.Column('a', 'varchar', 10).can_expand_to(api.Column('a', 'varchar', 20))", "True")]
    [InlineData("api.Column.numeric_type('numeric', 28, 6)", "numeric(28,6)")]
    [InlineData("api.Column.string_type(9)", "character varying(9)")]
    [InlineData("api.Column.translate_type('float')", "FLOAT")]
    public void A_column_knows_its_type(string expression, string expected)
    {
        using var sample = new Sample();
        Assert.Equal(expected, sample.Value(expression));
    }
}
