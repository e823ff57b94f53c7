using System.Globalization;
using System.Text.Json;
using Quern.Folding.Declared;
using Quern.Folding.Expressions;

namespace Quern.Rollups.Queries;

/// <summary>Reads a query of the JSON grammar (docs/rollup-queries.md). Errors name the place as a JSON path.</summary>
sealed class QueryJson
{
    static readonly string[] Parts = ["select", "from", "where", "group_by", "having", "order_by", "limit"];

    readonly string _source;
    readonly QueryBuilder _builder;
    readonly ConditionJson _conditions;
    readonly List<(string Header, QueryKey? Key, int Aggregate, string Path)> _selected = [];

    QueryJson(Fold fold, FoldColumns columns, string source)
    {
        _source = source;
        _builder = new QueryBuilder(fold, columns);
        _conditions = new ConditionJson(_builder, At);
    }

    /// <summary>Reads a query.</summary>
    /// <param name="query">An object.</param>
    /// <param name="fold">The fold that is asked.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="source">What messages put before paths: a file; empty for nothing.</param>
    /// <exception cref="QuernException">QN7530 to QN7557, exit code 2.</exception>
    public static RollupQuery Read(JsonElement query, Fold fold, FoldColumns columns, string source = "") =>
        new QueryJson(fold, columns, source).Query(query);

    RollupQuery Query(JsonElement query)
    {
        if (query.ValueKind != JsonValueKind.Object) throw QueryFaults.Form(At("$"), Kind(query), "an object with select");
        foreach (var part in query.EnumerateObject())
            if (!Parts.Contains(part.Name)) throw QueryFaults.Unknown("part", part.Name, Parts, At($"$.{part.Name}"));
        if (Part(query, "from") is { } from) _builder.From(Text(from, "$.from", "the name of a table"), At("$.from"));
        Select(query);
        foreach (var (column, path) in List(query, "group_by")) _builder.Add(Key(Text(column, path, "the name of a column"), path));
        var isOfRows = _builder.Keys.Count == 0 && _builder.Aggregates.Count == 0;
        var outputs = _selected.Select(s => s.Key is null
            ? (s.Header, IsKey: false, Number: s.Aggregate)
            : (s.Header, IsKey: true, Number: isOfRows ? _builder.Add(s.Key) : Grouped(s.Key, s.Path))).ToList();
        var where = List(query, "where").Select(w => _conditions.Read(w.Element, w.Path, Column)).ToList();
        // Orders and conditions on groups may add aggregates, so numbers of values come last.
        var orders = List(query, "order_by").Select(o => Order(o.Element, o.Path, outputs, isOfRows)).ToList();
        var having = List(query, "having").Select(h => _conditions.Read(h.Element, h.Path, (name, path) => Output(name, path, outputs, isOfRows))).ToList();
        var keys = _builder.Keys.Count;
        return new RollupQuery
        {
            Keys = _builder.Keys,
            Aggregates = _builder.Aggregates,
            Select = [.. outputs.Select(o => new QueryOutput(o.Header, Value(o.IsKey, o.Number)))],
            Where = where,
            Having = having.Count == 0 ? null : having.Count == 1 ? having[0] : new AllTerm(having),
            Order = [.. orders.Select(o => new QueryOrder(Value(o.IsKey, o.Number), o.IsDescending))],
            Limit = Limit(query),
            IsOfRows = isOfRows,
        };

        int Value(bool isKey, int number) => isKey ? number : keys + number;
    }

    void Select(JsonElement query)
    {
        foreach (var (item, path) in List(query, "select", isNeeded: true))
        {
            if (item.ValueKind == JsonValueKind.String)
            {
                var name = item.GetString()!;
                _selected.Add((name, Key(name, path), -1, path));
            }
            else if (item.ValueKind == JsonValueKind.Object)
            {
                Aggregate(item, path);
            }
            else
            {
                throw QueryFaults.Form(At(path), Kind(item), "the name of a column, or {\"SUM\": \"column\"}");
            }
        }
        if (_selected.Count == 0) throw QueryFaults.Empty(At("$.select"));
    }

    void Aggregate(JsonElement item, string path)
    {
        string? alias = null;
        (string Name, JsonElement Of)? call = null;
        foreach (var part in item.EnumerateObject())
        {
            if (part.Name.Equals("as", StringComparison.OrdinalIgnoreCase)) alias = Text(part.Value, $"{path}.{part.Name}", "a name");
            else if (call is null) call = (part.Name, part.Value);
            else throw QueryFaults.Form(At($"{path}.{part.Name}"), part.Name, "one function and perhaps \"as\"");
        }
        if (call is not { } found) throw QueryFaults.Form(At(path), "{}", "{\"SUM\": \"column\"}");
        if (!AggregateNames.TryFind(found.Name, out var kind)) throw QueryFaults.Unknown("function", found.Name, AggregateNames.All, At(path));
        var of = Text(found.Of, $"{path}.{found.Name}", "the name of a column").Trim();
        _selected.Add((alias ?? $"{found.Name.ToUpperInvariant()}({of})", null, Aggregate(kind, of, $"{path}.{found.Name}"), path));
    }

    // COUNT of *, of a column, or of DISTINCT and a column.
    int Aggregate(AggregateKind kind, string of, string path)
    {
        var text = $"{(kind == AggregateKind.Average ? "AVG" : kind.ToString().ToUpperInvariant())}({of})";
        if (of == "*")
        {
            return kind == AggregateKind.Count ? _builder.Add(AggregateKind.Rows, null, "COUNT(*)", At(path))
                : throw QueryFaults.Form(At(path), "*", "the name of a column: only COUNT is of *");
        }
        const string distinct = "distinct ";
        if (kind == AggregateKind.Count && of.StartsWith(distinct, StringComparison.OrdinalIgnoreCase))
            (kind, of) = (AggregateKind.Distinct, of[distinct.Length..].Trim());
        try
        {
            return _builder.Add(kind, new ParsedExpression(new ColumnTerm(of)), text, At(path));
        }
        catch (QuernException e)
        {
            throw QueryFaults.At(e, At(path));
        }
    }

    (bool IsKey, int Number, bool IsDescending) Order(JsonElement item, string path, List<(string Header, bool IsKey, int Number)> outputs, bool isOfRows)
    {
        if (item.ValueKind == JsonValueKind.String) return Ordered(item.GetString()!, path, false);
        if (item.ValueKind != JsonValueKind.Object) throw QueryFaults.Form(At(path), Kind(item), "{\"col\": \"...\", \"dir\": \"asc\"}");
        var (name, isDescending) = (default(string), false);
        foreach (var part in item.EnumerateObject())
        {
            switch (part.Name)
            {
                case "col":
                    name = Text(part.Value, $"{path}.col", "a column, an alias or an aggregate");
                    break;
                case "dir":
                    var direction = part.Value.ValueKind == JsonValueKind.Null ? "asc" : Text(part.Value, $"{path}.dir", "asc or desc");
                    isDescending = direction.Equals("desc", StringComparison.OrdinalIgnoreCase);
                    if (!isDescending && !direction.Equals("asc", StringComparison.OrdinalIgnoreCase))
                        throw QueryFaults.Form(At($"{path}.dir"), direction, "asc or desc");
                    break;
                default:
                    throw QueryFaults.Unknown("part", part.Name, ["col", "dir"], At($"{path}.{part.Name}"));
            }
        }
        return Ordered(name ?? throw QueryFaults.Form(At(path), "no col", "{\"col\": \"...\", \"dir\": \"asc\"}"), $"{path}.col", isDescending);

        (bool, int, bool) Ordered(string text, string at, bool isDown)
        {
            var (isKey, number) = Find(text, at, outputs, isOfRows);
            return (isKey, number, isDown);
        }
    }

    OutputTerm Output(string name, string path, List<(string Header, bool IsKey, int Number)> outputs, bool isOfRows)
    {
        var (isKey, number) = Find(name, path, outputs, isOfRows);
        // Aggregates may still be added, keys not: groups have been named.
        if (isKey) return new OutputTerm(number, _builder.Keys[number].Type, _builder.Keys[number].Bucket);
        return new OutputTerm(_builder.Keys.Count + number, _builder.Aggregates[number].Type, _builder.Aggregates[number].Bucket);
    }

    // An alias, a column, or the text of an aggregate.
    (bool IsKey, int Number) Find(string text, string path, List<(string Header, bool IsKey, int Number)> outputs, bool isOfRows)
    {
        var at = outputs.FindIndex(o => o.Header == text);
        if (at < 0) at = outputs.FindIndex(o => o.Header.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (at >= 0) return (outputs[at].IsKey, outputs[at].Number);
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open > 0 && text.EndsWith(')') && !isOfRows)
        {
            var function = text[..open].Trim();
            if (!AggregateNames.TryFind(function, out var kind)) throw QueryFaults.Unknown("function", function, AggregateNames.All, At(path));
            return (false, Aggregate(kind, text[(open + 1)..^1].Trim(), path));
        }
        if (_builder.Columns.TryFind(text, out _))
        {
            var key = Key(text, path);
            var number = isOfRows ? _builder.Add(key) : _builder.KeyOf(key);
            if (number >= 0) return (true, number);
        }
        throw QueryFaults.NoOrder(text, outputs.Select(o => o.Header).Concat(_builder.Keys.Select(k => k.Text)).Distinct(), At(path));
    }

    Expression Column(string name, string path) => new ColumnTerm(name);

    int Grouped(QueryKey key, string path) => _builder.KeyOf(key) is >= 0 and var number ? number : throw QueryFaults.NotGrouped(key.Text, At(path));

    QueryKey Key(string name, string path)
    {
        try
        {
            return _builder.Key(new ParsedExpression(new ColumnTerm(name)), name);
        }
        catch (QuernException e)
        {
            throw QueryFaults.At(e, At(path));
        }
    }

    long? Limit(JsonElement query)
    {
        if (Part(query, "limit") is not { } limit) return null;
        return limit.ValueKind == JsonValueKind.Number && limit.TryGetInt64(out var rows) && rows >= 0
            ? rows
            : throw QueryFaults.Form(At("$.limit"), Kind(limit), "a whole number from 0 on");
    }

    List<(JsonElement Element, string Path)> List(JsonElement query, string name, bool isNeeded = false)
    {
        if (Part(query, name) is not { } list) return isNeeded ? throw QueryFaults.Empty(At($"$.{name}")) : [];
        if (list.ValueKind != JsonValueKind.Array) throw QueryFaults.Form(At($"$.{name}"), Kind(list), "a list");
        return [.. list.EnumerateArray().Select((item, i) => (item, string.Create(CultureInfo.InvariantCulture, $"$.{name}[{i}]")))];
    }

    static JsonElement? Part(JsonElement query, string name) =>
        query.TryGetProperty(name, out var part) && part.ValueKind != JsonValueKind.Null ? part : null;

    string Text(JsonElement element, string path, string wanted) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : throw QueryFaults.Form(At(path), Kind(element), wanted);

    string At(string path) => _source.Length == 0 ? path : $"{_source} {path}";

    static string Kind(JsonElement element) => element.GetRawText() is { Length: <= 60 } text ? text : element.GetRawText()[..60] + "...";
}
