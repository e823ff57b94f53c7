using System.Globalization;
using System.Text.Json.Nodes;
using Quern.Folding.Expressions;

namespace Quern.Rollups.Store;

/// <summary>Expressions as JSON, one form for each, so that the same declaration gives the same bytes.</summary>
static class ExpressionJson
{
    const string Moment = "yyyy-MM-dd'T'HH:mm:ss.fffffff";

    /// <summary>Writes an expression; null stays null.</summary>
    public static JsonNode? Write(Expression? expression) => expression switch
    {
        null => null,
        ColumnTerm t => new JsonObject { ["column"] = t.Name },
        Constant t => Write(t),
        BucketTerm t => new JsonObject { ["bucket"] = Name(t.Bucket), ["of"] = Write(t.Of) },
        CallTerm t => new JsonObject { ["call"] = Name(t.Function), ["of"] = Write(t.Arguments) },
        CaseTerm t => new JsonObject
        {
            ["case"] = new JsonArray([.. t.Branches.Select(b => new JsonObject { ["when"] = Write(b.When), ["then"] = Write(b.Then) })]),
            ["else"] = Write(t.Else),
        },
        CompareTerm t => new JsonObject { ["compare"] = Name(t.How), ["left"] = Write(t.Left), ["right"] = Write(t.Right) },
        AllTerm t => new JsonObject { ["all"] = Write(t.Terms) },
        AnyTerm t => new JsonObject { ["any"] = Write(t.Terms) },
        NotTerm t => new JsonObject { ["not"] = Write(t.Term) },
        InTerm t => new JsonObject { ["in"] = Write(t.Values), ["of"] = Write(t.Of) },
        BetweenTerm t => new JsonObject { ["between"] = Write(t.Of), ["from"] = Write(t.From), ["to"] = Write(t.To) },
        IsNullTerm t => new JsonObject { ["is_null"] = Write(t.Of) },
        LikeTerm t => new JsonObject { ["like"] = t.Pattern, ["of"] = Write(t.Of), ["escape"] = t.Escape?.ToString() },
        _ => throw new InvalidOperationException($"{expression.GetType().Name} has no form in JSON"),
    };

    /// <summary>Reads what <see cref="Write(Expression?)"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Expression Read(JsonNode? node)
    {
        var json = node as JsonObject ?? throw new FormatException("an expression is missing");
        return json.FirstOrDefault().Key switch
        {
            "column" => new ColumnTerm(Text(json["column"])),
            "bucket" => new BucketTerm(Value<TimeBucket>(json["bucket"]), Read(json["of"])),
            "call" => new CallTerm(Value<ScalarFunction>(json["call"]), List(json["of"])),
            "case" => new CaseTerm(
                [.. Items(json["case"]).Select(b => (Read(b?["when"]), Read(b?["then"])))], json["else"] is { } e ? Read(e) : null),
            "compare" => new CompareTerm(Value<Comparison>(json["compare"]), Read(json["left"]), Read(json["right"])),
            "all" => new AllTerm(List(json["all"])),
            "any" => new AnyTerm(List(json["any"])),
            "not" => new NotTerm(Read(json["not"])),
            "in" => new InTerm(Read(json["of"]), [.. List(json["in"]).Cast<Constant>()]),
            "between" => new BetweenTerm(Read(json["between"]), Read(json["from"]), Read(json["to"])),
            "is_null" => new IsNullTerm(Read(json["is_null"])),
            "like" => new LikeTerm(Read(json["of"]), Text(json["like"]), json["escape"] is { } escape ? Text(escape)[0] : null),
            { } kind => Constant(kind, json[kind]),
            null => throw new FormatException("an expression is empty"),
        };
    }

    /// <summary>The name of a member in JSON.</summary>
    internal static string Name<T>(T value)
        where T : struct, Enum
    {
        var words = value.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{c}");
        return string.Concat(words).ToLowerInvariant();
    }

    /// <summary>The member of a name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    internal static T Value<T>(JsonNode? node)
        where T : struct, Enum
    {
        var name = Text(node);
        foreach (var value in Enum.GetValues<T>())
            if (Name(value) == name) return value;
        throw new FormatException($"{name} is no {typeof(T).Name}");
    }

    internal static string Text(JsonNode? node) => (string?)node ?? throw new FormatException("a text is missing");

    internal static JsonArray Items(JsonNode? node) => node as JsonArray ?? throw new FormatException("a list is missing");

    static JsonArray Write(IEnumerable<Expression> terms) => [.. terms.Select(Write)];

    static IReadOnlyList<Expression> List(JsonNode? node) => [.. Items(node).Select(Read)];

    // Numbers as text: no reader of JSON rounds them.
    static JsonObject Write(Constant constant) => constant.Value switch
    {
        null => new() { ["null"] = true },
        long v => new() { ["whole"] = v.ToString(CultureInfo.InvariantCulture) },
        double v => new() { ["double"] = v.ToString("R", CultureInfo.InvariantCulture) },
        decimal v => new() { ["decimal"] = v.ToString(CultureInfo.InvariantCulture) },
        string v => new() { ["text"] = v },
        bool v => new() { ["bool"] = v },
        DateOnly v => new() { ["date"] = v.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
        DateTime v => new() { ["moment"] = v.ToString(Moment, CultureInfo.InvariantCulture) },
        _ => throw new InvalidOperationException($"a constant of {constant.Value.GetType().Name} has no form in JSON"),
    };

    static Constant Constant(string kind, JsonNode? value) => new(kind switch
    {
        "null" => null,
        "whole" => long.Parse(Text(value), CultureInfo.InvariantCulture),
        "double" => double.Parse(Text(value), CultureInfo.InvariantCulture),
        "decimal" => decimal.Parse(Text(value), CultureInfo.InvariantCulture),
        "text" => Text(value),
        "bool" => (bool?)value,
        "date" => DateOnly.ParseExact(Text(value), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        "moment" => DateTime.ParseExact(Text(value), Moment, CultureInfo.InvariantCulture),
        _ => throw new FormatException($"{kind} is no expression"),
    });
}
