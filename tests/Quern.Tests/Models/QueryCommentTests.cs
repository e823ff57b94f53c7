using Quern.Jinja.Values;
using Quern.Models;

namespace Quern.Tests.Models;

/// <summary>The comment with each statement.</summary>
public sealed class QueryCommentTests : IDisposable
{
    readonly TestProject _project = new("{% macro who(node) %}by {{ node.name }}{% endmacro %}");

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Without_a_word_of_the_project_it_names_the_node() => Assert.Equal(
        """/* {"app": "quern", "profile_name": "shop", "target_name": "dev", "node_id": "model.shop.m"} */""", Comment().Text);

    [Fact]
    public void The_comment_of_the_project_is_a_template()
    {
        _project.Raw["query-comment"] = "{{ who(node) }}\nat {{ target.name }} */ {{ connection_name }}";
        Assert.Equal(("/* by m at dev *\\/ model.shop.m */", false), Comment());
    }

    [Fact]
    public void It_may_stand_behind_statements()
    {
        _project.Raw["query-comment"] = new Dict { ["comment"] = "it", ["append"] = true };
        Assert.Equal(("/* it */", true), Comment());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void An_empty_one_is_none(string? text)
    {
        _project.Raw["query-comment"] = text;
        Assert.Null(Comment().Text);
    }

    [Fact]
    public void Statements_run_with_a_comment_behind_them_and_errors_keep_their_line()
    {
        _project.Raw["query-comment"] = new Dict { ["comment"] = "it", ["append"] = true };
        _project.Model("m", "select 1 as x -- end");
        _project.Model("wrong", "select 1 as x,\n nothing_like_it");
        var results = _project.Run().Results.ToDictionary(r => r.Node.Name);
        Assert.Equal(Quern.Models.Results.NodeStatus.Success, results["m"].Status);
        Assert.Contains("LINE 2", results["wrong"].Fault!.Where, StringComparison.Ordinal);
    }

    (string? Text, bool Behind) Comment()
    {
        var model = _project.Model("m", "select 1 as x");
        var project = _project.Load();
        using var session = _project.Warehouse.Connect();
        QueryComment.Set(session, project, model);
        return (session.Comment, session.CommentsBehind);
    }
}
