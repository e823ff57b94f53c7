using System.Globalization;
using Quern.Folding.Declared;
using Quern.Folding.Expressions;

namespace Quern.Rollups.Queries;

/// <summary>Reads a query of the SQL subset (docs/rollup-queries.md): one select of columns, buckets and aggregates from the table, with where,
/// group by, having, order by and limit.</summary>
sealed class QuerySql
{
    readonly Tokens _tokens;
    readonly string? _source;
    readonly QueryBuilder _builder;
    readonly List<Item> _items = [];

    QuerySql(string sql, Fold fold, FoldColumns columns, string source)
    {
        _source = source.Length == 0 ? null : source;
        _tokens = new Tokens(sql);
        _builder = new QueryBuilder(fold, columns);
    }

    /// <summary>Reads a query.</summary>
    /// <param name="sql">Its text; a semicolon at its end is passed over.</param>
    /// <param name="fold">The fold that is asked.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="source">What messages name as its place.</param>
    /// <exception cref="QuernException">QN7530 to QN7557, exit code 2.</exception>
    public static RollupQuery Read(string sql, Fold fold, FoldColumns columns, string source = "--sql")
    {
        try
        {
            return new QuerySql(sql, fold, columns, source).Query();
        }
        catch (QuernException e)
        {
            throw QueryFaults.At(e, source.Length == 0 ? null : source);
        }
    }

    RollupQuery Query()
    {
        _tokens.Need("select");
        var isDistinct = _tokens.Skip("distinct");
        do _items.Add(Selected());
        while (_tokens.SkipSign(","));
        _tokens.Need("from");
        var table = _tokens.Next;
        if (table.Kind is not (TokenKind.Word or TokenKind.Name)) throw _tokens.Unexpected("the name of a table");
        _builder.From(_tokens.Take().Text, _source);
        var where = _tokens.Skip("where") ? Condition(null) : null;
        if (_tokens.Skip("group"))
        {
            _tokens.Need("by");
            do Grouped();
            while (_tokens.SkipSign(","));
        }
        else if (isDistinct)
        {
            foreach (var item in _items.Where(i => i.Key is not null)) _builder.Add(item.Key!);
        }
        var isOfRows = _builder.Keys.Count == 0 && _items.All(i => i.Key is not null);
        for (var i = 0; i < _items.Count; i++) Place(i, isOfRows);
        var having = _tokens.Skip("having") ? Condition(Output) : null;
        var orders = new List<(Item Item, bool IsDescending)>();
        if (_tokens.Skip("order"))
        {
            _tokens.Need("by");
            do orders.Add((Ordered(isOfRows), Direction()));
            while (_tokens.SkipSign(","));
        }
        var limit = _tokens.Skip("limit") ? Limit() : (long?)null;
        _tokens.SkipSign(";");
        if (_tokens.Next.Kind != TokenKind.End) throw _tokens.Unexpected("the end of the query");
        return new RollupQuery
        {
            Keys = _builder.Keys,
            Aggregates = _builder.Aggregates,
            Select = [.. _items.Select(i => new QueryOutput(i.Header, Value(i)))],
            Where = where is null ? [] : where is AllTerm all ? all.Terms : [where],
            Having = having,
            Order = [.. orders.Select(o => new QueryOrder(Value(o.Item), o.IsDescending))],
            Limit = limit,
            IsOfRows = isOfRows,
        };
    }

    int Value(Item item) => item.Key is not null ? item.Number : _builder.Keys.Count + item.Number;

    Item Selected()
    {
        var begin = _tokens.Next.At;
        if (_tokens.Next.IsSign("*")) throw _tokens.Unexpected("columns and aggregates by their names");
        var item = Term();
        var end = _tokens.Next.At;
        if (_tokens.Skip("as") || _tokens.Next.Kind == TokenKind.Name || _tokens.Next.Kind == TokenKind.Word && !_tokens.Next.Is("from"))
        {
            if (_tokens.Next.Kind is not (TokenKind.Word or TokenKind.Name)) throw _tokens.Unexpected("a name");
            return item with { Header = _tokens.Take().Text, IsAlias = true };
        }
        return item.Header.Length > 0 ? item : item with { Header = _tokens.Text[begin..end].Trim() };
    }

    // An aggregate, or a column or a bucket of one.
    Item Term()
    {
        var at = _tokens.Next.At;
        if (Aggregate() is { } aggregate) return aggregate;
        var parser = new ExpressionParser(_tokens);
        var tree = parser.Read();
        if (tree is not (ColumnTerm or BucketTerm))
            throw ExpressionFaults.Syntax(_tokens.Text, at, "a column, a bucket of time or an aggregate; declare other expressions with derive");
        var end = _tokens.Next.At;
        var text = tree is ColumnTerm column ? column.Name : _tokens.Text[at..end].Trim();
        return new Item(text, _builder.Key(new ParsedExpression(tree, _tokens.Text, parser.Places), text), 0, at, false);
    }

    Item? Aggregate()
    {
        var name = _tokens.Next;
        if (name.Kind != TokenKind.Word || !_tokens.Second.IsSign("(") || !AggregateNames.TryFind(name.Text, out var kind)) return null;
        _tokens.Take();
        _tokens.Take();
        var function = name.Text.ToUpperInvariant();
        if (kind == AggregateKind.Count && _tokens.SkipSign("*"))
        {
            _tokens.NeedSign(")");
            return new Item("COUNT(*)", null, _builder.Add(AggregateKind.Rows, null, "COUNT(*)", _source), name.At, false);
        }
        var isDistinct = kind == AggregateKind.Count && _tokens.Skip("distinct");
        var parser = new ExpressionParser(_tokens);
        var at = _tokens.Next.At;
        var of = parser.Read();
        if (of is not (ColumnTerm or BucketTerm)) throw ExpressionFaults.Syntax(_tokens.Text, at, "a column or a bucket of time; declare other expressions with derive");
        var text = $"{function}({(isDistinct ? "DISTINCT " : "")}{_tokens.Text[at.._tokens.Next.At].Trim()})";
        _tokens.NeedSign(")");
        var number = _builder.Add(isDistinct ? AggregateKind.Distinct : kind, new ParsedExpression(of, _tokens.Text, parser.Places), text, _source);
        return new Item(text, null, number, name.At, false);
    }

    void Grouped()
    {
        if (Ordinal() is { } ordinal)
        {
            _builder.Add(ordinal.Key ?? throw ExpressionFaults.Syntax(_tokens.Text, ordinal.At, "no aggregate to group by"));
            return;
        }
        var at = _tokens.Next.At;
        var item = Alias() ?? Term();
        _builder.Add(item.Key ?? throw ExpressionFaults.Syntax(_tokens.Text, at, "a column: groups are not made by aggregates"));
    }

    void Place(int at, bool isOfRows)
    {
        var item = _items[at];
        if (item.Key is null) return;
        var number = isOfRows ? _builder.Add(item.Key) : _builder.KeyOf(item.Key);
        if (number < 0) throw QueryFaults.NotGrouped(item.Header, _source);
        _items[at] = item with { Number = number };
    }

    Item Ordered(bool isOfRows)
    {
        if (Ordinal() is { } ordinal) return ordinal;
        var at = _tokens.Next.At;
        var item = Alias() ?? Term();
        if (item.Key is null) return isOfRows ? throw ExpressionFaults.Syntax(_tokens.Text, at, "a column: the query has no groups") : item;
        var number = isOfRows ? _builder.Add(item.Key) : _builder.KeyOf(item.Key);
        return number >= 0 ? item with { Number = number } : throw QueryFaults.NoOrder(item.Key.Text, _items.Select(i => i.Header), _source);
    }

    // What a name of the select list stands for; columns win over aliases nowhere, as in the JSON grammar.
    Item? Alias()
    {
        var name = _tokens.Next;
        if (name.Kind is not (TokenKind.Word or TokenKind.Name) || _tokens.Second.IsSign("(")) return null;
        if (_items.FirstOrDefault(i => i.IsAlias && i.Header.Equals(name.Text, StringComparison.OrdinalIgnoreCase)) is not { } item) return null;
        _tokens.Take();
        return item;
    }

    Item? Ordinal()
    {
        if (_tokens.Next.Kind != TokenKind.Number) return null;
        var token = _tokens.Next;
        return int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= _items.Count
            ? Taken(_items[n - 1])
            : throw _tokens.Unexpected(FormattableString.Invariant($"a column from 1 to {_items.Count}"));

        Item Taken(Item item)
        {
            _tokens.Take();
            return item;
        }
    }

    bool Direction()
    {
        var isDescending = _tokens.Skip("desc");
        if (!isDescending) _tokens.Skip("asc");
        if (!_tokens.Skip("nulls")) return isDescending;
        if (!_tokens.Skip("last")) throw _tokens.Unexpected("last: NULL is always last");
        return isDescending;
    }

    long Limit()
    {
        if (_tokens.Next.Kind == TokenKind.Number && long.TryParse(_tokens.Next.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var rows))
        {
            _tokens.Take();
            return rows;
        }
        throw _tokens.Unexpected("a whole number from 0 on");
    }

    Expression Condition(Func<Tokens, Expression?>? named)
    {
        var parser = new ExpressionParser(_tokens, named);
        var tree = parser.Read();
        return new Binder(_builder.Columns).Condition(new ParsedExpression(tree, _tokens.Text, parser.Places));
    }

    // In a condition on groups: an aggregate, an alias, or a key.
    Expression? Output(Tokens tokens)
    {
        if (ReservedBehindHaving(tokens.Next)) return null;
        var item = Alias() ?? Aggregate();
        if (item is null && !tokens.Second.IsSign("("))
        {
            var key = _builder.Key(new ParsedExpression(new ColumnTerm(tokens.Next.Text), tokens.Text, new Dictionary<Expression, int>()), tokens.Next.Text);
            var number = _builder.KeyOf(key);
            if (number < 0) throw QueryFaults.NotGrouped(tokens.Next.Text, _source);
            tokens.Take();
            item = new Item(key.Text, key, number, 0, false);
        }
        if (item is null) return null;
        return item.Key is null
            ? new OutputTerm(_builder.Keys.Count + item.Number, _builder.Aggregates[item.Number].Type, _builder.Aggregates[item.Number].Bucket)
            : new OutputTerm(item.Number, item.Key.Type, item.Key.Bucket);
    }

    bool ReservedBehindHaving(Token token) =>
        token.Kind == TokenKind.Word && (token.Is("case") || token.Is("null") || token.Is("true") || token.Is("false")
            || _tokens.Second.Kind == TokenKind.Text && (token.Is("date") || token.Is("timestamp")));

    /// <summary>A column of the result, or what it is sorted by.</summary>
    sealed record Item(string Header, QueryKey? Key, int Number, int At, bool IsAlias);
}
