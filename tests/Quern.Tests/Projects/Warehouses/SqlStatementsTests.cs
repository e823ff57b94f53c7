using Quern.Projects.Warehouses;

namespace Quern.Tests.Projects.Warehouses;

public sealed class SqlStatementsTests
{
    [Theory]
    [InlineData("select 1; select 2", "select 1| select 2")]
    [InlineData("select 1;;\n;", "select 1")]
    [InlineData("select ';' as \"a;b\"; select 'it''s; ok'", "select ';' as \"a;b\"| select 'it''s; ok'")]
    [InlineData("select 1 -- a; b\n; /* c; d */ select 2 /* e */", "select 1 -- a; b\n| /* c; d */ select 2 /* e */")]
    [InlineData("select $$a;b$$; select $x$ $$;$$ $x$", "select $$a;b$$| select $x$ $$;$$ $x$")]
    [InlineData("select e'\\';'; select 2", "select e'\\';'| select 2")]
    [InlineData("select '\\'; select 2", "select '\\'| select 2")]
    [InlineData("select $1; select 2", "select $1| select 2")]
    [InlineData("-- nothing;\n /* here; */ ;", "")]
    [InlineData("", "")]
    public void Texts_are_taken_apart_where_statements_end(string sql, string parts)
    {
        Assert.Equal(parts.Length == 0 ? [] : parts.Split('|'), SqlStatements.Split(sql));
        Assert.Equal(parts.Length > 0, SqlStatements.HasCode(sql));
    }
}
