using System.Globalization;
using System.Numerics;
using Quern.Jinja.Values;

namespace Quern.Jinja.Reading;

/// <summary>
/// Cuts a template into tokens, one when asked for. Outside of tags everything up to the next <c>{{</c>, <c>{%</c> or
/// <c>{#</c> is text; a tag whose mark has a <c>-</c> eats all blanks on that side. Inside of tags an end mark counts
/// only where parentheses are balanced, so that <c>{{ {'a': {}} }}</c> is one expression.
/// </summary>
sealed class Lexer(Source source)
{
    const int MaxDigits = 4_300;

    readonly string _text = source.Text;
    readonly List<Bracket> _open = [];
    int _at;
    int _tagAt;
    TokenKind _until;
    bool _trim;

    /// <summary>The offset that is read next.</summary>
    public int Position => _at;

    /// <summary>Continues at an offset, outside of tags.</summary>
    public void SkipTo(int at)
    {
        (_at, _until, _trim) = (at, TokenKind.End, false);
        _open.Clear();
    }

    /// <summary>Reads the whole text as one expression, without marks around it.</summary>
    public void BeginExpression() => (_until, _tagAt) = (TokenKind.Data, 0);

    public Token Next() => _until == TokenKind.End ? NextOutside() : NextInside();

    /// <summary>The text up to the tag that ends a block whose body is not a template, which is consumed.</summary>
    public Token ReadRaw(string endTag, int beganAt)
    {
        SkipBlanksAfterMark();
        var start = _at;
        for (var at = _text.IndexOf("{%", start, StringComparison.Ordinal);
             at >= 0;
             at = _text.IndexOf("{%", at + 2, StringComparison.Ordinal))
        {
            if (!IsTag(at, endTag, out var end, out var trimBefore, out var trimAfter)) continue;
            var stop = at;
            if (trimBefore)
            {
                while (stop > start && Letters.IsSpace(_text[stop - 1])) stop--;
            }

            (_at, _until, _trim) = (end, TokenKind.End, trimAfter);
            return new Token(TokenKind.Data, start, stop, _text[start..stop]);
        }

        throw SyntaxFault.Unclosed(
            source, beganAt, $"this block has no {{% {endTag} %}}", $"add {{% {endTag} %}} where the block ends");
    }

    Token NextOutside()
    {
        while (true)
        {
            SkipBlanksAfterMark();
            if (_at >= _text.Length) return new Token(TokenKind.End, _text.Length, _text.Length);
            var mark = FindMark(_at);
            if (mark < 0)
            {
                var rest = new Token(TokenKind.Data, _at, _text.Length, _text[_at..]);
                _at = _text.Length;
                return rest;
            }

            var end = mark;
            if (mark + 2 < _text.Length && _text[mark + 2] == '-')
            {
                while (end > _at && Letters.IsSpace(_text[end - 1])) end--;
            }

            if (end > _at)
            {
                var data = new Token(TokenKind.Data, _at, end, _text[_at..end]);
                _at = mark;
                return data;
            }

            _at = mark;
            if (_text[mark + 1] == '#')
            {
                SkipComment(mark);
                continue;
            }

            if (_text[mark + 1] == '%' && IsTag(mark, "raw", out var rawEnd, out _, out var trim))
            {
                (_at, _trim) = (rawEnd, trim);
                var raw = ReadRaw("endraw", mark);
                if (raw.At == raw.End) continue;
                return raw;
            }

            return Open(mark);
        }
    }

    Token Open(int mark)
    {
        var print = _text[mark + 1] == '{';
        _at = mark + 2;
        if (_at < _text.Length && _text[_at] is '-' or '+') _at++;
        _until = print ? TokenKind.PrintEnd : TokenKind.TagEnd;
        _tagAt = mark;
        _open.Clear();
        return new Token(print ? TokenKind.PrintBegin : TokenKind.TagBegin, mark, _at);
    }

    int FindMark(int from)
    {
        while (true)
        {
            var at = _text.IndexOf('{', from);
            if (at < 0 || at + 1 >= _text.Length) return -1;
            if (_text[at + 1] is '{' or '%' or '#') return at;
            from = at + 1;
        }
    }

    void SkipComment(int mark)
    {
        var from = mark + 2;
        if (from < _text.Length && _text[from] is '-' or '+') from++;
        var end = _text.IndexOf("#}", Math.Min(from, _text.Length), StringComparison.Ordinal);
        if (end < 0)
            throw SyntaxFault.Unclosed(source, mark, "this comment has no end", "add #} where the comment ends");
        _trim = end > from && _text[end - 1] == '-';
        _at = end + 2;
    }

    void SkipBlanksAfterMark()
    {
        if (!_trim) return;
        _trim = false;
        while (_at < _text.Length && Letters.IsSpace(_text[_at])) _at++;
    }

    /// <summary>Whether a tag of one word, such as <c>{%- endraw -%}</c>, stands at an offset.</summary>
    bool IsTag(int at, string word, out int end, out bool trimBefore, out bool trimAfter)
    {
        (end, trimAfter) = (at + 2, false);
        trimBefore = end < _text.Length && _text[end] == '-';
        if (end < _text.Length && _text[end] is '-' or '+') end++;
        while (end < _text.Length && Letters.IsSpace(_text[end])) end++;
        if (!_text.AsSpan(end).StartsWith(word, StringComparison.Ordinal)) return false;
        end += word.Length;
        while (end < _text.Length && Letters.IsSpace(_text[end])) end++;
        trimAfter = end < _text.Length && _text[end] == '-';
        if (end < _text.Length && _text[end] is '-' or '+') end++;
        if (!_text.AsSpan(end).StartsWith("%}", StringComparison.Ordinal)) return false;
        end += 2;
        return true;
    }

    Token NextInside()
    {
        while (_at < _text.Length && Letters.IsSpace(_text[_at])) _at++;
        if (_at >= _text.Length)
        {
            if (_until == TokenKind.Data && _open.Count == 0) return new Token(TokenKind.End, _at, _at);
            throw Unclosed();
        }

        if (_open.Count == 0 && _until != TokenKind.Data && TryEnd(out var token)) return token;
        var c = _text[_at];
        if (char.IsAsciiDigit(c)) return ReadNumber();
        if (char.IsLetter(c) || c == '_') return ReadName();
        return c is '\'' or '"' ? ReadText(c) : ReadSymbol(c);
    }

    QuernException Unclosed()
    {
        if (_open.Count > 0)
        {
            var (symbol, at) = _open[^1];
            return SyntaxFault.Unclosed(source, at, $"this '{symbol}' is never closed", $"add the '{Partner(symbol)}'");
        }

        var mark = Token.Symbol(_until);
        return SyntaxFault.Unclosed(source, _tagAt, $"this tag has no '{mark}'", $"add {mark} where the tag ends");
    }

    bool TryEnd(out Token token)
    {
        var mark = Token.Symbol(_until);
        var sign = _text[_at] == '-' || (_text[_at] == '+' && _until == TokenKind.TagEnd) ? 1 : 0;
        if (!_text.AsSpan(_at + sign).StartsWith(mark, StringComparison.Ordinal))
        {
            token = default;
            return false;
        }

        token = new Token(_until, _at, _at + sign + 2);
        _trim = _text[_at] == '-';
        (_at, _until) = (token.End, TokenKind.End);
        return true;
    }

    Token ReadName()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_')) _at++;
        return new Token(TokenKind.Name, start, _at, _text[start.._at]);
    }

    Token ReadText(char quote)
    {
        var start = _at++;
        while (_at < _text.Length && _text[_at] != quote) _at += _text[_at] == '\\' ? 2 : 1;
        if (_at >= _text.Length)
            throw SyntaxFault.Unclosed(source, start, "this text has no closing quote", $"add the closing {quote}");
        var value = TextEscapes.Resolve(_text.AsSpan(start + 1, _at - start - 1)) ?? throw SyntaxFault.Unexpected(
            source, start, "this text has a broken escape", "write \\\\ for a backslash",
            "\\x takes 2 hex digits, \\u takes 4");
        return new Token(TokenKind.Text, start, ++_at, value);
    }

    Token ReadNumber()
    {
        var start = _at;
        if (_text[_at] == '0' && _at + 1 < _text.Length)
        {
            var bits = (_text[_at + 1] | ' ') switch { 'x' => 4, 'o' => 3, 'b' => 1, _ => 0 };
            if (bits > 0 && TryReadDigits(bits, out var value)) return new Token(TokenKind.Number, start, _at, value);
        }

        SkipDigits();
        var real = false;
        if (start == 0 || _text[start - 1] != '.')
        {
            if (_at + 1 < _text.Length && _text[_at] == '.' && char.IsAsciiDigit(_text[_at + 1]))
            {
                real = true;
                _at++;
                SkipDigits();
            }

            var exponent = _at;
            if (exponent < _text.Length && _text[exponent] is 'e' or 'E')
            {
                exponent++;
                if (exponent < _text.Length && _text[exponent] is '+' or '-') exponent++;
                if (exponent < _text.Length && char.IsAsciiDigit(_text[exponent]))
                {
                    real = true;
                    _at = exponent;
                    SkipDigits();
                }
            }
        }

        var digits = _text[start.._at].Replace("_", "", StringComparison.Ordinal);
        if (digits.Length > MaxDigits)
            throw SyntaxFault.Unexpected(source, start, FormattableString.Invariant($"a number of {digits.Length:N0} digits is too large"));
        if (!real && digits.Length > 1 && digits[0] == '0' && digits.AsSpan().ContainsAnyExcept('0'))
            throw SyntaxFault.Unexpected(source, start, "a whole number cannot start with 0", "leave the zeros out");
        return new Token(TokenKind.Number, start, _at, real ? Real(digits) : Whole(digits));
    }

    static object Real(string digits) => double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);

    static object Whole(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
        ? Value.Box(whole)
        : BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    bool TryReadDigits(int bits, out object value)
    {
        var (at, total, any) = (_at + 2, BigInteger.Zero, false);
        for (; at < _text.Length && at - _at < MaxDigits; at++)
        {
            if (_text[at] == '_') continue;
            var digit = char.IsAsciiHexDigit(_text[at]) ? Convert.ToInt32(_text[at].ToString(), 16) : 99;
            if (digit >= 1 << bits) break;
            total = (total << bits) | digit;
            any = true;
        }

        value = Value.Box(total);
        if (any) _at = at;
        return any;
    }

    void SkipDigits()
    {
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || IsBetweenDigits())) _at++;

        bool IsBetweenDigits() =>
            _text[_at] == '_' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]);
    }

    Token ReadSymbol(char c)
    {
        var start = _at;
        var next = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        var kind = (c, next) switch
        {
            ('/', '/') => TokenKind.DoubleSlash,
            ('*', '*') => TokenKind.DoubleStar,
            ('=', '=') => TokenKind.Equal,
            ('!', '=') => TokenKind.NotEqual,
            ('>', '=') => TokenKind.GreaterOrEqual,
            ('<', '=') => TokenKind.LessOrEqual,
            ('+', _) => TokenKind.Plus,
            ('-', _) => TokenKind.Minus,
            ('/', _) => TokenKind.Slash,
            ('*', _) => TokenKind.Star,
            ('%', _) => TokenKind.Percent,
            ('~', _) => TokenKind.Tilde,
            ('[', _) => TokenKind.OpenBracket,
            (']', _) => TokenKind.CloseBracket,
            ('(', _) => TokenKind.OpenParen,
            (')', _) => TokenKind.CloseParen,
            ('{', _) => TokenKind.OpenBrace,
            ('}', _) => TokenKind.CloseBrace,
            ('>', _) => TokenKind.Greater,
            ('<', _) => TokenKind.Less,
            ('=', _) => TokenKind.Assign,
            ('.', _) => TokenKind.Dot,
            (':', _) => TokenKind.Colon,
            ('|', _) => TokenKind.Pipe,
            (',', _) => TokenKind.Comma,
            (';', _) => TokenKind.Semicolon,
            _ => throw SyntaxFault.Unexpected(source, start, $"the character '{c}' means nothing here"),
        };
        var isDouble = kind is TokenKind.DoubleSlash or TokenKind.DoubleStar or TokenKind.Equal or TokenKind.NotEqual
            or TokenKind.GreaterOrEqual or TokenKind.LessOrEqual;
        if (c is '(' or '[' or '{') _open.Add(new Bracket(c, start));
        else if (c is ')' or ']' or '}') Close(c);
        _at += isDouble ? 2 : 1;
        return new Token(kind, start, _at);
    }

    void Close(char c)
    {
        if (_open.Count == 0) throw SyntaxFault.Unexpected(source, _at, $"this '{c}' closes nothing");
        var expected = Partner(_open[^1].Open);
        if (expected != c) throw SyntaxFault.Unexpected(source, _at, $"expected '{expected}' but found '{c}'");
        _open.RemoveAt(_open.Count - 1);
    }

    sealed record Bracket(char Open, int At);

    static char Partner(char open) => open switch { '(' => ')', '[' => ']', _ => '}' };
}
