using System.Text.Json;

namespace Quern.Tests.Jinja;

/// <summary>The cases whose texts were recorded from the reference implementation (Jinja2 3.1.2).</summary>
public class ReferenceCaseTests
{
    static readonly JsonElement Cases = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cases/jinja/cases.json")))
        .RootElement.GetProperty("cases");

    public static TheoryData<string> Ids() =>
        [.. Cases.EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    [Fact]
    public void There_are_109_cases() => Assert.Equal(109, Cases.GetArrayLength());

    [Theory]
    [MemberData(nameof(Ids))]
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
                "syntax" => "QN7001",
                "undefined" => "QN7005",
                "TypeError" => "QN7006",
                "security" => "QN7008",
                var other => other,
            },
            fault.Code);
    }
}
