using Quern.Jinja;

namespace Quern.Tests.Jinja;

public class ParserTests
{
    [Theory]
    [InlineData("a\n{% if x %}\nb", "QN7002", "this {% if %} has no {% endif %}", "t.sql:2:4")]
    [InlineData(
        "{% for i in x %}{% if i %}{% endfor %}", "QN7002", "{% endfor %} stands inside of the {% if %} of line 1, which is still open",
        "t.sql:1:30")]
    [InlineData("{% macro m() %}", "QN7002", "this {% macro %} has no {% endmacro %}", "t.sql:1:4")]
    [InlineData("x {{ a", "QN7002", "this tag has no '}}'", "t.sql:1:3")]
    [InlineData("x {{ (a }}", "QN7001", "expected ')' but found '}'", "t.sql:1:9")]
    [InlineData("{% set x = [1, 2", "QN7002", "this '[' is never closed", "t.sql:1:12")]
    [InlineData("{# note", "QN7002", "this comment has no end", "t.sql:1:1")]
    [InlineData("{{ 'abc }}", "QN7002", "this text has no closing quote", "t.sql:1:4")]
    [InlineData("{% raw %} {{ x }}", "QN7002", "this block has no {% endraw %}", "t.sql:1:1")]
    [InlineData("\n\n  {% endif %}", "QN7003", "there is no tag 'endif'", "t.sql:3:6")]
    [InlineData("{{ a b }}", "QN7001", "expected '}}' but found 'b'", "t.sql:1:6")]
    [InlineData("{{ $ }}", "QN7001", "the character '$' means nothing here", "t.sql:1:4")]
    [InlineData(
        "{% macro m(a=1, b) %}{% endmacro %}", "QN7001", "the parameter 'b' needs a default, as the one before it has one", "t.sql:1:17")]
    [InlineData("{% macro m(a, a) %}{% endmacro %}", "QN7001", "the parameter 'a' is there twice", "t.sql:1:15")]
    [InlineData("{% continue %}", "QN7001", "'continue' stands outside of a loop", "t.sql:1:4")]
    [InlineData("{{ 1e99999999999 ~ 0x }}", "QN7001", "expected '}}' but found 'x'", "t.sql:1:21")]
    public void Says_what_is_wrong_and_where(string template, string code, string what, string where)
    {
        var fault = Run.Fault(template);
        Assert.Equal((code, what, where), (fault.Code, fault.What, fault.Where));
        Assert.Equal(ExitCode.Usage, fault.ExitCode);
    }

    [Fact]
    public void Names_the_filter_that_was_probably_meant() => Assert.Equal(
        """
        error QN7004: there is no filter 'uper'
          where   t.sql:2:11
          value   {{ name | uper }}
          try     did you mean 'upper'?
        """,
        Run.Fault("\n{{ name | uper }}").ToString());

    [Theory]
    [InlineData("{{ 1 is strng }}", "there is no test 'strng'", "did you mean 'string'?")]
    [InlineData("{% esle %}", "there is no tag 'esle'", "did you mean 'else'?")]
    [InlineData("{{ [1] | map('loewr') | list }}", "there is no filter 'loewr'", "did you mean 'lower'?")]
    [InlineData("{{ 1 | somethingelse }}", "there is no filter 'somethingelse'", null)]
    public void Names_the_word_that_was_probably_meant(string template, string what, string? hint)
    {
        var fault = Run.Fault(template);
        Assert.Equal((what, hint), (fault.What, fault.Try.Count == 0 ? null : fault.Try[0]));
    }

    [Fact]
    public void Reads_line_ends_of_any_kind() =>
        Assert.Equal("a\nb\nc\nd", Run.Text("a\r\nb\rc\n{{ 'd' }}\r\n"));

    [Fact]
    public void Names_the_template_that_is_missing()
    {
        var environment = new TemplateEnvironment { Load = _ => null };
        Assert.Equal(
            "error QN7011: there is no template 'parts/head.sql'\n  where   t.sql:1:4\n  value   {% include 'parts/head.sql' %}\n"
            + "  try     check the path; it is not relative to this file",
            Run.Fault(environment, "{% include 'parts/head.sql' %}").ToString());
    }
}
