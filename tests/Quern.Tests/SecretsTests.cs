using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Quern.Tests;

public sealed class SecretsTests
{
    [Fact]
    public void Every_occurrence_of_a_secret_is_hidden()
    {
        var secrets = Secrets.Of([new("DBT_ENV_SECRET_TOKEN", "hush"), new("OTHER", "plain")]);
        Assert.Equal("a ***** and *****ed, plain", secrets.Hide("a hush and hushed, plain"));
    }

    [Fact]
    public void A_secret_that_holds_another_is_hidden_whole()
    {
        var secrets = Secrets.Of([new("DBT_ENV_SECRET_A", "hush"), new("DBT_ENV_SECRET_B", "hush-hush")]);
        Assert.Equal("*****", secrets.Hide("hush-hush"));
    }

    [Fact]
    public void A_short_secret_is_hidden_where_it_stands_alone_and_not_inside_of_names()
    {
        var secrets = Secrets.Of([new("DBT_ENV_SECRET_N", "4")]);
        Assert.Equal("***** threads, stage_4, 14:40, x=*****", secrets.Hide("4 threads, stage_4, 14:40, x=4"));
    }

    [Fact]
    public void A_blank_value_is_no_secret() => Assert.True(Secrets.Of([new("DBT_ENV_SECRET_N", " "), new("DBT_ENV_SECRET", "")]).IsEmpty);

    [Fact]
    public void Lines_of_a_secret_of_several_lines_are_hidden_wherever_a_message_puts_them()
    {
        var secrets = Secrets.Of([new("DBT_ENV_SECRET_KEY", "-----BEGIN\nabcdef\nghijkl\n}")]);
        Assert.Equal("  *****\n  *****\n  *****\n  }", secrets.Hide("  -----BEGIN\n  abcdef\n  ghijkl\n  }"));
    }

    [Fact]
    public void No_part_of_a_fault_shows_a_secret()
    {
        var fault = new Fault("QN7178", "no hush") { Where = "at hush", Value = "hush", Wanted = "not hush", Try = ["a", "hush"], ExitCode = ExitCode.Usage };
        var hidden = Secrets.Of([new("DBT_ENV_SECRET_A", "hush")]).Hide(fault);
        Assert.DoesNotContain("hush", hidden.ToString(), StringComparison.Ordinal);
        Assert.Equal(("QN7178", ExitCode.Usage, 2), (hidden.Code, hidden.ExitCode, hidden.Try.Count));
    }

    // Whatever a secret is made of, no form in which text is written around here shows it.
    [Fact]
    public void A_secret_of_any_characters_is_hidden_also_as_SQL_and_JSON_write_it()
    {
        var secret = from length in Gen.Choose(4, 12)
                     from characters in Gen.Elements('\'', '"', '\\', 'q', 'é', '\t', '&', '7').ArrayOf(length)
                     let text = new string(characters)
                     where text.Trim().Length >= 4
                     select text;
        Prop.ForAll(Arb.From(secret), text =>
        {
            var secrets = Secrets.Of([new("DBT_ENV_SECRET_X", text)]);
            var sql = $"select '{text.Replace("'", "''", StringComparison.Ordinal)}', \"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            Assert.Equal("select '*****', \"*****\"", secrets.Hide(sql));
            var json = SecretJson.Hide(JsonSerializer.SerializeToUtf8Bytes(new { a = 7, text, list = new[] { $"<{text}>" } }), secrets);
            Assert.Equal("""{"a":7,"text":"*****","list":["<*****>"]}""", Encoding.UTF8.GetString(json.Span));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void JSON_keeps_its_numbers_its_properties_and_the_names_of_things()
    {
        const string json = """{ "main": 4, "id": "model.main.x", "sql": "select * from main.x limit 4", "list": [ "main" ] }""";
        var secrets = Secrets.Of([new("DBT_ENV_SECRET_A", "main"), new("DBT_ENV_SECRET_B", "4")]);
        var hidden = SecretJson.Hide(Encoding.UTF8.GetBytes(json), secrets, text => text.StartsWith("model.", StringComparison.Ordinal));
        Assert.Equal(
            """{ "main": 4, "id": "model.main.x", "sql": "select * from *****.x limit *****", "list": [ "*****" ] }""",
            Encoding.UTF8.GetString(hidden.Span));
    }
}
