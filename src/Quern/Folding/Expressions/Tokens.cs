using System.Text;

namespace Quern.Folding.Expressions;

/// <summary>The words of an expression or a query, one after the other.</summary>
sealed class Tokens
{
    static readonly string[] Signs = ["<>", "!=", "<=", ">=", "||", "//", "(", ")", ",", "*", "/", "%", "+", "-", "=", "<", ">", ".", ";"];

    readonly List<Token> _all = [];
    int _next;

    /// <summary>Cuts a text into words; blanks and comments (<c>-- to the end of the line</c>) are between them.</summary>
    /// <param name="text">An expression or a query.</param>
    /// <exception cref="QuernException">QN7530: a quote that is not closed, or a character that has no meaning.</exception>
    public Tokens(string text)
    {
        Text = text;
        var at = 0;
        while (true)
        {
            at = Blanks(at);
            if (at == text.Length) break;
            at = One(at);
        }
        _all.Add(new Token(TokenKind.End, "", text.Length));
    }

    /// <summary>What was cut.</summary>
    public string Text { get; }

    /// <summary>The next word.</summary>
    public Token Next => _all[_next];

    /// <summary>The word behind the next one.</summary>
    public Token Second => _all[Math.Min(_next + 1, _all.Count - 1)];

    /// <summary>Takes the next word.</summary>
    public Token Take()
    {
        var token = _all[_next];
        if (token.Kind != TokenKind.End) _next++;
        return token;
    }

    /// <summary>Takes the next word if it is this keyword.</summary>
    public bool Skip(string keyword)
    {
        if (!Next.Is(keyword)) return false;
        _next++;
        return true;
    }

    /// <summary>Takes the next word if it is this operator or bracket.</summary>
    public bool SkipSign(string sign)
    {
        if (!Next.IsSign(sign)) return false;
        _next++;
        return true;
    }

    /// <summary>Takes this keyword.</summary>
    /// <exception cref="QuernException">QN7530: something else stands there.</exception>
    public void Need(string keyword)
    {
        if (!Skip(keyword)) throw Unexpected(keyword);
    }

    /// <summary>Takes this operator or bracket.</summary>
    /// <exception cref="QuernException">QN7530: something else stands there.</exception>
    public void NeedSign(string sign)
    {
        if (!SkipSign(sign)) throw Unexpected(sign);
    }

    /// <summary>Says that something else was wanted in place of the next word.</summary>
    public QuernException Unexpected(string wanted) => ExpressionFaults.Syntax(Text, Next.At, wanted);

    int Blanks(int at)
    {
        while (at < Text.Length)
        {
            var isComment = Text.AsSpan(at).StartsWith("--");
            if (!isComment && !char.IsWhiteSpace(Text[at])) break;
            at++;
            while (isComment && at < Text.Length && Text[at] != '\n') at++;
        }
        return at;
    }

    int One(int at)
    {
        var first = Text[at];
        if (first is '\'' or '"') return Quoted(at, first);
        if (char.IsAsciiDigit(first) || first == '.' && at + 1 < Text.Length && char.IsAsciiDigit(Text[at + 1])) return Number(at);
        if (char.IsLetter(first) || first == '_')
        {
            var end = at + 1;
            while (end < Text.Length && (char.IsLetterOrDigit(Text[end]) || Text[end] is '_' or '$')) end++;
            _all.Add(new Token(TokenKind.Word, Text[at..end], at));
            return end;
        }
        foreach (var sign in Signs)
        {
            if (!Text.AsSpan(at).StartsWith(sign)) continue;
            _all.Add(new Token(TokenKind.Sign, sign, at));
            return at + sign.Length;
        }
        throw ExpressionFaults.Syntax(Text, at, "a name, a number, a text in quotes or an operator");
    }

    int Quoted(int at, char quote)
    {
        var content = new StringBuilder();
        for (var i = at + 1; i < Text.Length; i++)
        {
            if (Text[i] != quote)
            {
                content.Append(Text[i]);
            }
            else if (i + 1 < Text.Length && Text[i + 1] == quote)
            {
                content.Append(Text[i++]);
            }
            else
            {
                _all.Add(new Token(quote == '"' ? TokenKind.Name : TokenKind.Text, content.ToString(), at));
                return i + 1;
            }
        }
        throw ExpressionFaults.Syntax(Text, at, $"a closing {quote}");
    }

    int Number(int at)
    {
        var end = at;
        while (end < Text.Length && (char.IsAsciiDigit(Text[end]) || Text[end] == '.')) end++;
        if (end < Text.Length && Text[end] is 'e' or 'E')
        {
            var digits = end + 1;
            if (digits < Text.Length && Text[digits] is '+' or '-') digits++;
            if (digits < Text.Length && char.IsAsciiDigit(Text[digits]))
            {
                end = digits;
                while (end < Text.Length && char.IsAsciiDigit(Text[end])) end++;
            }
        }
        if (end < Text.Length && (char.IsLetter(Text[end]) || Text[end] == '_')) throw ExpressionFaults.Syntax(Text, at, "a number");
        _all.Add(new Token(TokenKind.Number, Text[at..end], at));
        return end;
    }
}
