using System.Globalization;

namespace Quern.Folding.Expressions;

/// <summary>
/// Reads the expressions of SQL that folds and queries know: columns, constants, arithmetic, ||, comparisons, and/or/not, [not] in, between,
/// like, is [not] null, case, functions and buckets of time. Precedence is that of SQL. Names are looked up later (<see cref="Binder"/>).
/// </summary>
/// <param name="tokens">The words; reading stops at the first that does not belong to the expression.</param>
/// <param name="named">Asked first for each name and each function: what a query selects; it takes the words when it knows them. Null for none.</param>
sealed class ExpressionParser(Tokens tokens, Func<Tokens, Expression?>? named = null)
{
    /// <summary>Brackets, operators and functions within each other.</summary>
    const int MostDepth = 200;

    static readonly string[] Ends =
    [
        "and", "or", "not", "in", "between", "like", "is", "then", "else", "end", "when", "as", "from", "where", "group", "having", "order",
        "limit", "asc", "desc", "escape",
    ];

    readonly Dictionary<Expression, int> _places = new(ReferenceEqualityComparer.Instance);
    int _depth;

    /// <summary>Where each node that was read begins.</summary>
    public IReadOnlyDictionary<Expression, int> Places => _places;

    /// <summary>Reads a whole text.</summary>
    /// <exception cref="QuernException">QN7530: it is no expression; QN7533: an unknown function.</exception>
    public static ParsedExpression Parse(string text)
    {
        var tokens = new Tokens(text);
        var parser = new ExpressionParser(tokens);
        var root = parser.Read();
        if (tokens.Next.Kind != TokenKind.End) throw tokens.Unexpected("an operator, or the end");
        return new ParsedExpression(root, text, parser.Places);
    }

    /// <summary>Reads the next expression.</summary>
    /// <exception cref="QuernException">QN7530: there is none; QN7533: an unknown function.</exception>
    public Expression Read()
    {
        if (++_depth > MostDepth) throw tokens.Unexpected($"at most {MostDepth} levels");
        var at = tokens.Next.At;
        var terms = new List<Expression> { All() };
        while (tokens.Skip("or")) terms.Add(All());
        _depth--;
        return terms.Count == 1 ? terms[0] : Put(new AnyTerm(terms), at);
    }

    Expression All()
    {
        var at = tokens.Next.At;
        var terms = new List<Expression> { Negation() };
        while (tokens.Skip("and")) terms.Add(Negation());
        return terms.Count == 1 ? terms[0] : Put(new AllTerm(terms), at);
    }

    Expression Negation()
    {
        var at = tokens.Next.At;
        if (!tokens.Skip("not")) return Predicate();
        if (++_depth > MostDepth) throw tokens.Unexpected($"at most {MostDepth} levels");
        var term = Negation();
        _depth--;
        return Put(new NotTerm(term), at);
    }

    Expression Predicate()
    {
        var at = tokens.Next.At;
        var left = Concatenation();
        while (true)
        {
            if (How() is { } how)
            {
                tokens.Take();
                left = Put(new CompareTerm(how, left, Concatenation()), at);
            }
            else if (tokens.Skip("is"))
            {
                var isNot = tokens.Skip("not");
                tokens.Need("null");
                left = Maybe(isNot, Put(new IsNullTerm(left), at), at);
            }
            else
            {
                var isNot = tokens.Next.Is("not") && (tokens.Second.Is("in") || tokens.Second.Is("between") || tokens.Second.Is("like"));
                if (isNot) tokens.Take();
                if (tokens.Skip("in")) left = Maybe(isNot, In(left, at), at);
                else if (tokens.Skip("between")) left = Maybe(isNot, Between(left, at), at);
                else if (tokens.Skip("like")) left = Maybe(isNot, Like(left, at), at);
                else return left;
            }
        }
    }

    Comparison? How() => tokens.Next.Kind != TokenKind.Sign ? null : tokens.Next.Text switch
    {
        "=" => Comparison.Equal,
        "<>" or "!=" => Comparison.NotEqual,
        "<" => Comparison.Less,
        "<=" => Comparison.LessOrEqual,
        ">" => Comparison.Greater,
        ">=" => Comparison.GreaterOrEqual,
        _ => null,
    };

    InTerm In(Expression of, int at)
    {
        tokens.NeedSign("(");
        var values = new List<Constant>();
        if (!tokens.Next.IsSign(")"))
        {
            do
            {
                var place = tokens.Next.At;
                values.Add(Signed() as Constant ?? throw ExpressionFaults.Syntax(tokens.Text, place, "a constant"));
            }
            while (tokens.SkipSign(","));
        }
        tokens.NeedSign(")");
        return Put(new InTerm(of, values), at);
    }

    BetweenTerm Between(Expression of, int at)
    {
        var from = Concatenation();
        tokens.Need("and");
        return Put(new BetweenTerm(of, from, Concatenation()), at);
    }

    LikeTerm Like(Expression of, int at)
    {
        var pattern = Text();
        char? escape = null;
        if (tokens.Skip("escape"))
        {
            var place = tokens.Next.At;
            escape = Text() is [var one] ? one : throw ExpressionFaults.Syntax(tokens.Text, place, "one character in quotes");
        }
        return Put(new LikeTerm(of, pattern, escape), at);
    }

    string Text() => tokens.Next.Kind == TokenKind.Text ? tokens.Take().Text : throw tokens.Unexpected("a text in single quotes");

    Expression Concatenation()
    {
        var at = tokens.Next.At;
        var left = Sum();
        while (tokens.SkipSign("||")) left = Put(new CallTerm(ScalarFunction.Concat, [left, Sum()]), at);
        return left;
    }

    Expression Sum()
    {
        var at = tokens.Next.At;
        var left = Product();
        while (tokens.Next is { Kind: TokenKind.Sign, Text: "+" or "-" })
        {
            var function = tokens.Take().Text == "+" ? ScalarFunction.Add : ScalarFunction.Subtract;
            left = Put(new CallTerm(function, [left, Product()]), at);
        }
        return left;
    }

    Expression Product()
    {
        var at = tokens.Next.At;
        var left = Signed();
        while (tokens.Next is { Kind: TokenKind.Sign, Text: "*" or "/" or "//" or "%" })
        {
            var function = tokens.Take().Text switch
            {
                "*" => ScalarFunction.Multiply,
                "/" => ScalarFunction.Divide,
                "//" => ScalarFunction.DivideWhole,
                _ => ScalarFunction.Remainder,
            };
            left = Put(new CallTerm(function, [left, Signed()]), at);
        }
        return left;
    }

    Expression Signed()
    {
        var at = tokens.Next.At;
        if (tokens.SkipSign("+")) return Signed();
        if (!tokens.SkipSign("-")) return Primary();
        if (tokens.Next.Kind == TokenKind.Number) return Put(Number("-" + tokens.Take().Text, at), at);
        if (++_depth > MostDepth) throw tokens.Unexpected($"at most {MostDepth} levels");
        var of = Signed();
        _depth--;
        return Put(new CallTerm(ScalarFunction.Negate, [of]), at);
    }

    Expression Primary()
    {
        var token = tokens.Next;
        switch (token.Kind)
        {
            case TokenKind.Number:
                tokens.Take();
                return Put(Number(token.Text, token.At), token.At);
            case TokenKind.Text:
                tokens.Take();
                return Put(new Constant(token.Text), token.At);
            case TokenKind.Name or TokenKind.Word when named?.Invoke(tokens) is { } known:
                return Put(known, token.At);
            case TokenKind.Name:
                tokens.Take();
                return Put(new ColumnTerm(token.Text), token.At);
            case TokenKind.Word:
                return Word(token);
            case TokenKind.Sign when tokens.SkipSign("("):
                var inner = Read();
                tokens.NeedSign(")");
                return inner;
            default:
                throw tokens.Unexpected("a column, a constant or a function");
        }
    }

    Expression Word(Token token)
    {
        if (tokens.Second.IsSign("(")) return Call(token);
        if (tokens.Second.Kind == TokenKind.Text && (token.Is("date") || token.Is("timestamp"))) return Moment(token);
        if (token.Is("case")) return Case(token.At);
        if (Ends.Any(token.Is)) throw tokens.Unexpected("a column, a constant or a function");
        tokens.Take();
        return Put<Expression>(
            token.Is("null") ? new Constant(null) : token.Is("true") ? new Constant(true) : token.Is("false") ? new Constant(false)
                : new ColumnTerm(token.Text),
            token.At);
    }

    Expression Call(Token name)
    {
        tokens.Take();
        tokens.Take();
        var arguments = new List<Expression>();
        if (!tokens.Next.IsSign(")"))
        {
            do arguments.Add(Read());
            while (tokens.SkipSign(","));
        }
        tokens.NeedSign(")");
        if (FunctionNames.Buckets.TryGetValue(name.Text, out var bucket))
        {
            return arguments is [var of]
                ? Put(new BucketTerm(bucket, of), name.At)
                : throw ExpressionFaults.Syntax(tokens.Text, name.At, $"{name.Text.ToLowerInvariant()}(a column of moments)");
        }
        if (!FunctionNames.Functions.TryGetValue(name.Text, out var function))
            throw ExpressionFaults.NoFunction(name.Text, tokens.Text, name.At);
        return arguments.Count >= function.Fewest && arguments.Count <= function.Most
            ? Put(new CallTerm(function.Function, arguments), name.At)
            : throw ExpressionFaults.Syntax(tokens.Text, name.At, function.Fewest == 1 ? "one argument" : "two arguments");
    }

    Constant Moment(Token kind)
    {
        tokens.Take();
        var text = tokens.Take();
        if (kind.Is("date"))
        {
            return TimeLiteral.Day(text.Text) is { } day
                ? Put(new Constant(day), kind.At)
                : throw ExpressionFaults.Syntax(tokens.Text, text.At, "a day: '2024-02-29'");
        }
        return TimeLiteral.Moment(text.Text) is { } moment
            ? Put(new Constant(moment), kind.At)
            : throw ExpressionFaults.Syntax(tokens.Text, text.At, "a moment: '2024-02-29 07:31:00'");
    }

    CaseTerm Case(int at)
    {
        tokens.Take();
        var branches = new List<(Expression, Expression)>();
        var of = tokens.Next.Is("when") ? null : Read();
        while (tokens.Skip("when"))
        {
            var place = tokens.Next.At;
            var when = Read();
            tokens.Need("then");
            branches.Add((of is null ? when : Put(new CompareTerm(Comparison.Equal, of, when), place), Read()));
        }
        if (branches.Count == 0) throw tokens.Unexpected("when");
        var otherwise = tokens.Skip("else") ? Read() : null;
        tokens.Need("end");
        return Put(new CaseTerm(branches, otherwise), at);
    }

    Constant Number(string text, int at)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return new Constant(whole);
        var isPlain = !text.Contains('e', StringComparison.OrdinalIgnoreCase);
        if (isPlain && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var exact))
            return new Constant(exact);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            ? new Constant(real)
            : throw ExpressionFaults.Syntax(tokens.Text, at, "a number");
    }

    Expression Maybe(bool isNot, Expression term, int at) => isNot ? Put(new NotTerm(term), at) : term;

    T Put<T>(T node, int at) where T : Expression
    {
        _places[node] = at;
        return node;
    }
}
