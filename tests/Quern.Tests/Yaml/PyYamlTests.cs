using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Quern.Jinja.Values;
using Quern.Yaml;

namespace Quern.Tests.Yaml;

/// <summary>Texts and what PyYAML 6.0.3 (safe_load) makes of them: Cases/yaml/pyyaml.json.</summary>
public sealed class PyYamlTests
{
    /// <summary>Texts that are read where PyYAML gives up: a day that does not exist, <c>=</c> and <c>&lt;&lt;</c> as values are text.</summary>
    static readonly string[] Kinder = ["a: 2020-13-01", "- 2020-13-01", "a: =", "- =", "a: <<", "- <<"];

    public static TheoryData<string, string?> Cases()
    {
        var data = new TheoryData<string, string?>();
        var path = Path.Combine(AppContext.BaseDirectory, "Cases", "yaml", "pyyaml.json");
        foreach (var entry in JsonDocument.Parse(File.ReadAllText(path)).RootElement.EnumerateArray())
            data.Add(entry.GetProperty("yaml").GetString()!, entry.TryGetProperty("value", out var value) ? Print(value) : null);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_text_means_what_PyYAML_makes_of_it(string yaml, string? expected)
    {
        if (Kinder.Contains(yaml)) return;
        if (expected is null)
        {
            var fault = Assert.Throws<QuernException>(() => YamlText.Read(yaml, "x.yml")).Fault;
            Assert.Equal("QN7102", fault.Code);
            Assert.StartsWith("x.yml line ", fault.Where);
            return;
        }
        Assert.Equal(expected, Print(YamlText.Read(yaml, "x.yml")));
    }

    static string Print(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return "null";
        var entry = value.EnumerateObject().First();
        return entry.Name switch
        {
            "list" => $"[{string.Join(", ", entry.Value.EnumerateArray().Select(Print))}]",
            "dict" => $"{{{string.Join(", ", entry.Value.EnumerateArray().Select(p => $"{Print(p[0])}: {Print(p[1])}"))}}}",
            "bool" => entry.Value.GetBoolean() ? "bool true" : "bool false",
            _ => $"{entry.Name} {entry.Value.GetString()}",
        };
    }

    static string Print(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "bool true" : "bool false",
        long or BigInteger => $"int {value}",
        double => $"float {PythonText.Of(value)}",
        string text => $"str {text}",
        DateOnly day => $"date {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
        DateTime moment => $"datetime {moment.ToString(moment.Microsecond + moment.Millisecond == 0 ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture)}",
        DateTimeOffset zoned => $"datetime {zoned.ToString(zoned.Microsecond + zoned.Millisecond == 0 ? "yyyy-MM-ddTHH:mm:sszzz" : "yyyy-MM-ddTHH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture)}",
        List<object?> list => $"[{string.Join(", ", list.Select(Print))}]",
        Dict dict => $"{{{string.Join(", ", dict.Select(p => $"{Print(p.Key)}: {Print(p.Value)}"))}}}",
        _ => value.GetType().Name,
    };
}
