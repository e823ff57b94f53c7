using System.Text.Json;
using Quern.Jinja;

namespace Quern.Tests.Jinja;

/// <summary>Templates whose texts were recorded from the reference implementation; each file says from which.</summary>
public class ReferenceCaseTests
{
    static readonly JsonElement Cases = Read("cases.json").GetProperty("cases");
    static readonly JsonElement Language = Read("language.json");

    public static TheoryData<string> CaseIds() =>
        [.. Cases.EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    public static TheoryData<int> LanguageRows() =>
        [.. Enumerable.Range(0, Language.GetProperty("cases").GetArrayLength())];

    [Fact]
    public void There_are_109_cases() => Assert.Equal(109, Cases.GetArrayLength());

    [Theory]
    [MemberData(nameof(CaseIds))]
    public void Renders_as_the_reference_does(string id)
    {
        var item = Cases.EnumerateArray().Single(other => other.GetProperty("id").GetString() == id);
        (string, object?)[] globals =
        [
            .. item.GetProperty("context").EnumerateObject()
                .Select(property => (property.Name, JsonValues.Read(property.Value))),
        ];
        var text = item.GetProperty("template").GetString()!;

        if (item.TryGetProperty("expected", out var expected))
        {
            Assert.Equal(expected.GetString(), Run.Text(text, globals));
            return;
        }

        var fault = Run.Fault(text, globals);
        Assert.Equal(item.GetProperty("message").GetString(), fault.What);
        Assert.Equal(
            item.GetProperty("error").GetString() switch
            {
                "undefined" => "QN7005",
                "TypeError" => "QN7006",
                var other => other,
            },
            fault.Code);
    }

    [Theory]
    [MemberData(nameof(LanguageRows))]
    public void Renders_the_whole_language_as_the_reference_does(int row)
    {
        var item = Language.GetProperty("cases")[row];
        var templates = Language.GetProperty("templates");
        var environment = new TemplateEnvironment
        {
            Load = name => templates.TryGetProperty(name, out var found) ? found.GetString() : null,
        };
        var text = item.GetProperty("template").GetString()!;
        if (item.TryGetProperty("expected", out var expected))
        {
            Assert.Equal(expected.GetString(), Run.Text(environment, text));
            return;
        }

        var fault = Run.Fault(environment, text);
        Assert.Equal(
            (item.GetProperty("error").GetString(), item.GetProperty("message").GetString()), (fault.Code, fault.What));
    }

    [Fact]
    public void Computes_values_as_the_reference_does()
    {
        var cases = Read("values.json").GetProperty("cases");
        Assert.All(
            cases.EnumerateArray(),
            pair => Assert.Equal(pair[1].GetString(), Run.Text(pair[0].GetString()!)));
        Assert.True(cases.GetArrayLength() > 2000);
    }

    static JsonElement Read(string file) => JsonDocument
        .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cases/jinja", file)))
        .RootElement;
}
