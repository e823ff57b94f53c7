using System.Text;
using Quern.Jinja.Filters;
using Quern.Jinja.Tree;

namespace Quern.Jinja.Reading;

/// <summary>
/// Expressions, loosest binding first: inline if, or, and, not, comparisons, <c>+ -</c>, <c>~</c>, <c>* / // %</c>,
/// <c>**</c>, signs, then calls, attributes and filters. As in the reference, <c>~</c> binds tighter than <c>+</c>,
/// and <c>**</c> groups to the left and looser than a sign.
/// </summary>
sealed partial class Parser
{
    /// <summary>An expression, or a tuple when commas follow.</summary>
    Expression ParseTuple(bool allowIf = true, string? endWord = null, bool inParentheses = false)
    {
        var at = _now.At;
        var items = new List<Expression>();
        var isTuple = false;
        while (true)
        {
            if (items.Count > 0) Expect(TokenKind.Comma);
            if (AtTupleEnd(endWord)) break;
            items.Add(allowIf ? ParseExpression() : ParseOr());
            if (_now.Kind != TokenKind.Comma) break;
            isTuple = true;
        }

        if (!isTuple && items.Count == 1) return items[0];
        if (!isTuple && !inParentheses) throw Unexpected("an expression");
        return new SequenceLiteral(at, [.. items], true);
    }

    bool AtTupleEnd(string? endWord) =>
        _now.Kind is TokenKind.PrintEnd or TokenKind.TagEnd or TokenKind.CloseParen or TokenKind.End
        || (endWord is not null && Is(endWord));

    Expression ParseExpression()
    {
        Descend();
        var at = _now.At;
        var unknownBefore = _unknown.Count;
        var value = ParseOr();
        for (var count = 0; SkipName("if"); count++)
        {
            if (count == MaxDepth)
                throw TooMany("inline ifs");
            var condition = ParseOr();
            var otherwise = SkipName("else") ? ParseExpression() : null;
            value = new Conditional(at, condition, value, otherwise);
            // What is unknown in a branch counts only when the branch is taken.
            _unknown.RemoveRange(unknownBefore, _unknown.Count - unknownBefore);
        }

        _depth--;
        return value;
    }

    Expression ParseOr()
    {
        var first = ParseAnd();
        if (!Is("or")) return first;
        var operands = new List<Expression> { first };
        while (SkipName("or")) operands.Add(ParseAnd());
        return new Logic([.. operands], true);
    }

    Expression ParseAnd()
    {
        var first = ParseNot();
        if (!Is("and")) return first;
        var operands = new List<Expression> { first };
        while (SkipName("and")) operands.Add(ParseNot());
        return new Logic([.. operands], false);
    }

    Expression ParseNot()
    {
        if (!Is("not")) return ParseComparison();
        var at = _now.At;
        Advance();
        Descend();
        var operand = ParseNot();
        _depth--;
        return new Negation(at, operand);
    }

    Expression ParseComparison()
    {
        var first = ParseChain(0);
        List<Operand>? rest = null;
        while (ComparisonSymbol() is { } symbol)
        {
            var at = _now.At;
            if (symbol == "not in") Advance();
            Advance();
            (rest ??= []).Add(new Operand(at, symbol, ParseChain(0)));
        }

        return rest is null ? first : new Comparison(first, [.. rest]);
    }

    string? ComparisonSymbol() => _now.Kind switch
    {
        TokenKind.Equal or TokenKind.NotEqual or TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater
            or TokenKind.GreaterOrEqual => Token.Symbol(_now.Kind),
        TokenKind.Name when Is("in") => "in",
        TokenKind.Name when Is("not") && Look().Name == "in" => "not in",
        _ => null,
    };

    /// <summary>The arithmetic levels: 0 sums, 1 texts put together, 2 products, 3 powers.</summary>
    Expression ParseChain(int level)
    {
        if (level == 4) return ParseUnary(true);
        var first = ParseChain(level + 1);
        List<Operand>? rest = null;
        while (IsOperatorOf(level))
        {
            var (at, symbol) = (_now.At, Token.Symbol(_now.Kind));
            Advance();
            (rest ??= []).Add(new Operand(at, symbol, ParseChain(level + 1)));
        }

        if (rest is null) return first;
        return level == 1
            ? new Concatenation([first, .. rest.Select(part => part.Value)])
            : new Chain(first, [.. rest]);
    }

    bool IsOperatorOf(int level) => level switch
    {
        0 => _now.Kind is TokenKind.Plus or TokenKind.Minus,
        1 => _now.Kind is TokenKind.Tilde,
        2 => _now.Kind is TokenKind.Star or TokenKind.Slash or TokenKind.DoubleSlash or TokenKind.Percent,
        _ => _now.Kind is TokenKind.DoubleStar,
    };

    Expression ParseUnary(bool withFilters)
    {
        Expression value;
        var at = _now.At;
        if (_now.Kind is TokenKind.Minus or TokenKind.Plus)
        {
            var isNegative = _now.Kind == TokenKind.Minus;
            Advance();
            Descend();
            value = new Tree.Sign(at, isNegative, ParseUnary(false));
            _depth--;
        }
        else
        {
            value = ParsePrimary();
        }

        var length = 0;
        while (true)
        {
            switch (_now.Kind)
            {
                case TokenKind.Dot or TokenKind.OpenBracket:
                    value = ParseSubscript(value);
                    break;
                case TokenKind.OpenParen:
                    value = new Call(value, ParseArguments());
                    break;
                case TokenKind.Pipe when withFilters:
                    Advance();
                    value = ParseFilter(value);
                    break;
                case TokenKind.Name when withFilters && Is("is"):
                    value = ParseTest(value);
                    break;
                default:
                    return value;
            }

            if (++length > MaxDepth) throw TooMany("calls or filters");
        }
    }

    Expression ParsePrimary()
    {
        var token = _now;
        switch (token.Kind)
        {
            case TokenKind.Name:
                Advance();
                return token.Name switch
                {
                    "true" or "True" => new Literal(token.At, Values.Value.Box(true)),
                    "false" or "False" => new Literal(token.At, Values.Value.Box(false)),
                    "none" or "None" => new Literal(token.At, null),
                    _ => Reference(token),
                };
            case TokenKind.Text:
                Advance();
                return new Literal(token.At, _now.Kind == TokenKind.Text ? JoinTexts(token) : token.Value);
            case TokenKind.Number:
                Advance();
                return new Literal(token.At, token.Value);
            case TokenKind.OpenParen:
                Advance();
                Descend();
                var inner = ParseTuple(inParentheses: true);
                _depth--;
                Expect(TokenKind.CloseParen);
                return inner;
            case TokenKind.OpenBracket:
                return ParseList();
            case TokenKind.OpenBrace:
                return ParseDict();
            default:
                throw Unexpected("an expression");
        }
    }

    string JoinTexts(Token first)
    {
        var text = new StringBuilder((string)first.Value!);
        for (; _now.Kind == TokenKind.Text; Advance()) text.Append((string)_now.Value!);
        return text.ToString();
    }

    NameReference Reference(Token token)
    {
        _mentions.Note(token.Name);
        return new NameReference(token.At, token.Name);
    }

    SequenceLiteral ParseList()
    {
        var at = Expect(TokenKind.OpenBracket).At;
        var items = new List<Expression>();
        while (_now.Kind != TokenKind.CloseBracket)
        {
            if (items.Count > 0) Expect(TokenKind.Comma);
            if (_now.Kind == TokenKind.CloseBracket) break;
            items.Add(ParseExpression());
        }

        Advance();
        return new SequenceLiteral(at, [.. items], false);
    }

    DictLiteral ParseDict()
    {
        var at = Expect(TokenKind.OpenBrace).At;
        var entries = new List<Entry>();
        while (_now.Kind != TokenKind.CloseBrace)
        {
            if (entries.Count > 0) Expect(TokenKind.Comma);
            if (_now.Kind == TokenKind.CloseBrace) break;
            var key = ParseExpression();
            Expect(TokenKind.Colon);
            entries.Add(new Entry(key, ParseExpression()));
        }

        Advance();
        return new DictLiteral(at, [.. entries]);
    }

    Expression ParseSubscript(Expression target)
    {
        var token = _now;
        Advance();
        if (token.Kind == TokenKind.Dot)
        {
            var name = _now;
            Advance();
            return name.Kind switch
            {
                TokenKind.Name => new Member(name.At, target, name.Name),
                TokenKind.Number when name.Value is long => new Subscript(
                    token.At, target, new Literal(name.At, name.Value)),
                _ => throw SyntaxFault.Unexpected(
                    _source, name.At, $"expected a name or number after '.' but found {name.Describe()}"),
            };
        }

        if (_now.Kind == TokenKind.CloseBracket) throw Unexpected("an index or key");
        var keys = new List<Expression>();
        Slice? slice = null;
        while (_now.Kind != TokenKind.CloseBracket)
        {
            if (keys.Count > 0 || slice is not null) Expect(TokenKind.Comma);
            if (ParseSliceOrKey(token.At, target, out var key) is { } part) slice = part;
            else keys.Add(key!);
        }

        Advance();
        if (slice is not null)
        {
            return keys.Count == 0 ? slice : throw SyntaxFault.Unexpected(
                _source, token.At, "a slice stands alone in its brackets");
        }

        var index = keys.Count == 1 ? keys[0] : new SequenceLiteral(token.At, [.. keys], true);
        return new Subscript(token.At, target, index);
    }

    Slice? ParseSliceOrKey(int at, Expression target, out Expression? key)
    {
        key = _now.Kind == TokenKind.Colon ? null : ParseExpression();
        if (!Skip(TokenKind.Colon)) return null;
        var stop = _now.Kind is TokenKind.Colon ? null : Bound();
        var step = Skip(TokenKind.Colon) ? Bound() : null;
        return new Slice(at, target, key, stop, step);

        Expression? Bound() => _now.Kind is TokenKind.CloseBracket or TokenKind.Comma ? null : ParseExpression();
    }

    ArgumentList ParseArguments()
    {
        Expect(TokenKind.OpenParen);
        var positional = new List<Expression>();
        List<NamedArgument>? named = null;
        Expression? rest = null, others = null;
        while (_now.Kind != TokenKind.CloseParen)
        {
            if (positional.Count > 0 || named is not null || rest is not null || others is not null)
            {
                Expect(TokenKind.Comma);
                if (_now.Kind == TokenKind.CloseParen) break;
            }

            if (_now.Kind == TokenKind.Star)
            {
                Require(rest is null && others is null, "a second *");
                Advance();
                rest = ParseExpression();
            }
            else if (_now.Kind == TokenKind.DoubleStar)
            {
                Require(others is null, "a second **");
                Advance();
                others = ParseExpression();
            }
            else if (_now.Kind == TokenKind.Name && Look().Kind == TokenKind.Assign)
            {
                Require(others is null, "an argument after **");
                var name = _now.Name;
                Advance();
                Advance();
                (named ??= []).Add(new NamedArgument(name, ParseExpression()));
            }
            else
            {
                Require(rest is null && others is null && named is null, "an argument by position after one by name");
                positional.Add(ParseExpression());
            }
        }

        Advance();
        if (positional.Count == 0 && named is null && rest is null && others is null) return ArgumentList.None;
        return new ArgumentList([.. positional], named is null ? [] : [.. named], rest, others);

        void Require(bool allowed, string what)
        {
            if (!allowed) throw SyntaxFault.Unexpected(_source, _now.At, $"{what} cannot stand here");
        }
    }

    FilterCall ParseFilter(Expression? value)
    {
        var at = _now.At;
        var name = ParseDottedName();
        var arguments = _now.Kind == TokenKind.OpenParen ? ParseArguments() : ArgumentList.None;
        if (FilterTable.Find(_environment, name) is null) _unknown.Add(new Unknown(name, at, true));
        return new FilterCall(at, value, name, arguments);
    }

    Expression ParseTest(Expression value)
    {
        Advance();
        var isNegated = SkipName("not");
        var at = _now.At;
        var name = ParseDottedName();
        if (TestTable.Find(_environment, name) is null) _unknown.Add(new Unknown(name, at, false));
        var test = new TestCall(at, value, name, ParseTestArguments());
        return isNegated ? new Negation(at, test) : test;
    }

    ArgumentList ParseTestArguments()
    {
        if (_now.Kind == TokenKind.OpenParen) return ParseArguments();
        var takesOne = _now.Kind is TokenKind.Text or TokenKind.Number or TokenKind.OpenBracket or TokenKind.OpenBrace
            || (_now.Kind == TokenKind.Name && _now.Name is not ("else" or "or" or "and"));
        if (!takesOne) return ArgumentList.None;
        if (Is("is"))
            throw SyntaxFault.Unexpected(_source, _now.At, "tests cannot follow each other", "join them with 'and'");
        Descend();
        var argument = ParsePostfix(ParsePrimary());
        _depth--;
        return new ArgumentList([argument], [], null, null);
    }

    Expression ParsePostfix(Expression value)
    {
        for (var length = 0; length <= MaxDepth; length++)
        {
            if (_now.Kind is TokenKind.Dot or TokenKind.OpenBracket) value = ParseSubscript(value);
            else if (_now.Kind == TokenKind.OpenParen) value = new Call(value, ParseArguments());
            else return value;
        }

        throw TooMany("calls");
    }

    QuernException TooMany(string what) =>
        SyntaxFault.At(_source, _now.At, "QN7009", $"more than {MaxDepth} {what} follow each other");

    string ParseDottedName()
    {
        var name = Expect(TokenKind.Name).Name;
        while (Skip(TokenKind.Dot)) name += "." + Expect(TokenKind.Name).Name;
        return name;
    }
}
