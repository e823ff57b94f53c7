using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary>The functions that turn values into others: JSON, YAML, sets, pairs, digests. Those with a <c>default</c> give it for values
/// they cannot take, instead of an error.</summary>
static class Conversions
{
    public static Function[] All { get; } =
    [
        new("tojson", ToJson),
        new("fromjson", FromJson),
        new("toyaml", ToYaml),
        new("fromyaml", FromYaml),
        new("local_md5", LocalMd5),
        new("set", arguments => MakeSet(arguments, "set", isStrict: false)),
        new("set_strict", arguments => MakeSet(arguments, "set_strict", isStrict: true)),
        new("zip", arguments => Zip(arguments, isStrict: false)),
        new("zip_strict", arguments => Zip(arguments, isStrict: true)),
        new("diff_of_two_dicts", DiffOfTwoDicts),
    ];

    static object? ToJson(Arguments arguments)
    {
        var bound = arguments.Bind("tojson", 1, "value", "default", "sort_keys");
        try
        {
            return JsonText.Write(bound[0], bound.Flag(2));
        }
        catch (TemplateFailure)
        {
            return bound[1];
        }
    }

    static object? FromJson(Arguments arguments)
    {
        var bound = arguments.Bind("fromjson", 1, "string", "default");
        if (bound[0] is not string text) return bound[1];
        try
        {
            using var document = JsonDocument.Parse(text);
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            return bound[1];
        }
    }

    static object? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ObjectOf(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Of).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : (object)element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    static Dict ObjectOf(JsonElement element)
    {
        var dict = new Dict();
        foreach (var property in element.EnumerateObject()) dict[property.Name] = Of(property.Value);
        return dict;
    }

    static object? ToYaml(Arguments arguments)
    {
        var bound = arguments.Bind("toyaml", 1, "value", "default", "sort_keys");
        try
        {
            return YamlWriter.Write(bound[0], bound.Flag(2));
        }
        catch (TemplateFailure)
        {
            return bound[1];
        }
    }

    static object? FromYaml(Arguments arguments)
    {
        var bound = arguments.Bind("fromyaml", 1, "value", "default");
        if (bound[0] is not string text) return bound[1];
        try
        {
            return Yaml.YamlText.Read(text, "fromyaml");
        }
        catch (QuernException)
        {
            return bound[1];
        }
    }

    static object LocalMd5(Arguments arguments)
    {
        var text = arguments.Bind("local_md5", 1, "value").Text(0);
#pragma warning disable CA5351 // Names and keys are made of it; it protects nothing.
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
    }

    static object? MakeSet(Arguments arguments, string callee, bool isStrict)
    {
        var bound = arguments.Bind(callee, 1, "value", "default");
        try
        {
            return new SetValue(Iteration.Over(bound[0]));
        }
        catch (TemplateFailure) when (!isStrict)
        {
            return bound[1];
        }
    }

    static object? Zip(Arguments arguments, bool isStrict)
    {
        arguments.TryGetNamed("default", out var fallback);
        try
        {
            var lists = arguments.Positional.Select(Iteration.Over).ToList();
            var count = lists.Count == 0 ? 0 : lists.Min(l => l.Count);
            return new List<object?>(Enumerable.Range(0, count).Select(i => new TupleValue([.. lists.Select(l => l[i])])));
        }
        catch (TemplateFailure) when (!isStrict)
        {
            return fallback;
        }
    }

    /// <summary>What the lists of the first dict have that those of the second lack, by key; letters' case does not count.</summary>
    static object DiffOfTwoDicts(Arguments arguments)
    {
        var bound = arguments.Bind("diff_of_two_dicts", 2, "dict_a", "dict_b");
        var (first, second, diff) = (bound[0] as Dict ?? new Dict(), bound[1] as Dict ?? new Dict(), new Dict());
        var lists = second.ToDictionary(
            e => Lower(e.Key), e => Iteration.Over(e.Value).Select(Lower).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (key, value) in first)
        {
            var left = Iteration.Over(value).Where(v =>
                !lists.TryGetValue(Lower(key), out var there) || !there.Contains(Lower(v))).ToList();
            if (left.Count > 0) diff[key] = left;
        }
        return diff;

        static string Lower(object? value) => PythonText.Of(value).ToLowerInvariant();
    }
}
