using System.Text.Json;
using Quern.Folding.Expressions;

namespace Quern.Rollups.Queries;

/// <summary>Reads a condition of the JSON grammar: <c>{"col": "day", "op": "between", "val": ["2024-10-20", "2024-10-23"]}</c>.</summary>
/// <param name="builder">Knows the columns.</param>
/// <param name="at">Makes of a path the place that messages name.</param>
sealed class ConditionJson(QueryBuilder builder, Func<string, string> at)
{
    static readonly Dictionary<string, Comparison> Comparisons = new(StringComparer.OrdinalIgnoreCase)
    {
        ["eq"] = Comparison.Equal,
        ["neq"] = Comparison.NotEqual,
        ["lt"] = Comparison.Less,
        ["lte"] = Comparison.LessOrEqual,
        ["gt"] = Comparison.Greater,
        ["gte"] = Comparison.GreaterOrEqual,
    };

    static readonly string[] Others = ["in", "not_in", "between", "is_null", "is_not_null", "like", "not_like"];

    /// <summary>Reads a condition.</summary>
    /// <param name="item">An object.</param>
    /// <param name="path">Its JSON path.</param>
    /// <param name="column">Gives what a name stands for, by its path.</param>
    /// <exception cref="QuernException">QN7530 to QN7552, exit code 2.</exception>
    public Expression Read(JsonElement item, string path, Func<string, string, Expression> column)
    {
        if (item.ValueKind != JsonValueKind.Object) throw QueryFaults.Form(at(path), item.GetRawText(), "{\"col\": ..., \"op\": ..., \"val\": ...}");
        JsonElement? name = null, op = null, value = null;
        foreach (var part in item.EnumerateObject())
        {
            if (part.Name == "col") name = part.Value;
            else if (part.Name == "op") op = part.Value;
            else if (part.Name == "val") value = part.Value;
            else throw QueryFaults.Unknown("part", part.Name, ["col", "op", "val"], at($"{path}.{part.Name}"));
        }
        var of = column(Text(name, $"{path}.col", "the name of a column"), $"{path}.col");
        // First the column alone, so that an unknown one is named at its own place.
        Bound(of, $"{path}.col");
        return Bound(Condition(of, Text(op, $"{path}.op", "an operator: eq"), value, path), $"{path}.val");
    }

    Expression Condition(Expression of, string op, JsonElement? value, string path)
    {
        var (place, name) = ($"{path}.val", op.ToLowerInvariant());
        if (Comparisons.TryGetValue(op, out var how)) return new CompareTerm(how, of, Constant(value, place));
        switch (name)
        {
            case "is_null":
                return new IsNullTerm(of);
            case "is_not_null":
                return new NotTerm(new IsNullTerm(of));
            case "in" or "not_in":
                var some = new InTerm(of, [.. Items(value, place).Select((v, i) => Constant(v, FormattableString.Invariant($"{place}[{i}]")))]);
                return name == "in" ? some : new NotTerm(some);
            case "between":
                return Items(value, place) is [var from, var to]
                    ? new BetweenTerm(of, Constant(from, $"{place}[0]"), Constant(to, $"{place}[1]"))
                    : throw QueryFaults.Form(at(place), value?.GetRawText(), "a list of two values");
            case "like" or "not_like":
                var like = new LikeTerm(of, Text(value, place, "a pattern"));
                return name == "like" ? like : new NotTerm(like);
            default:
                throw QueryFaults.Unknown("operator", op, Comparisons.Keys.Concat(Others), at($"{path}.op"));
        }
    }

    Expression Bound(Expression tree, string path)
    {
        try
        {
            return new Binder(builder.Columns).Bind(new ParsedExpression(tree)).Tree;
        }
        catch (QuernException e)
        {
            throw QueryFaults.At(e, at(path));
        }
    }

    List<JsonElement> Items(JsonElement? value, string place) => value is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray()]
        : throw QueryFaults.Form(at(place), value?.GetRawText(), "a list of values");

    Constant Constant(JsonElement? value, string place) => value?.ValueKind switch
    {
        JsonValueKind.String => new Constant(value.Value.GetString()),
        JsonValueKind.True => new Constant(true),
        JsonValueKind.False => new Constant(false),
        JsonValueKind.Number => Number(value.Value),
        JsonValueKind.Null => throw ExpressionFaults.At(ExpressionFaults.Literal("null", "is_null or is_not_null: nothing equals NULL", "", -1), at(place)),
        _ => throw QueryFaults.Form(at(place), value?.GetRawText(), "a text, a number, true or false"),
    };

    static Constant Number(JsonElement value) =>
        value.TryGetInt64(out var whole) ? new Constant(whole) : value.TryGetDecimal(out var exact) ? new Constant(exact) : new Constant(value.GetDouble());

    string Text(JsonElement? element, string path, string wanted) => element is { ValueKind: JsonValueKind.String } text
        ? text.GetString()!
        : throw QueryFaults.Form(at(path), element?.GetRawText(), wanted);
}
