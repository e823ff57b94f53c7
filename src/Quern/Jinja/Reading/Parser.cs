using Quern.Jinja.Filters;
using Quern.Jinja.Tree;

namespace Quern.Jinja.Reading;

/// <summary>
/// Builds the tree of a template by recursive descent, one token ahead. This part keeps the tokens and the bodies
/// between tags; <c>Parser.Tags.cs</c> reads the tags and <c>Parser.Expressions.cs</c> what stands in them.
/// </summary>
sealed partial class Parser
{
    const int MaxDepth = 100;

    readonly TemplateEnvironment _environment;
    readonly Source _source;
    readonly Lexer _lexer;
    readonly List<Unknown> _unknown = [];
    readonly List<SkippedTag> _skipped = [];
    readonly List<InheritedBlock> _inherited = [];
    readonly List<Action<Template>> _completions = [];
    readonly Stack<OpenTag> _tags = new();
    Token _now;
    Token _ahead;
    bool _hasAhead;
    int _depth;
    int _loops;
    int _endTagAt;
    bool _extends;
    Mentions _mentions = new();

    public Parser(TemplateEnvironment environment, Source source)
    {
        (_environment, _source) = (environment, source);
        _lexer = new Lexer(source);
    }

    public Template ParseTemplate()
    {
        Advance();
        var body = ParseBody(null);
        return Finish(body);
    }

    public Template ParseExpressionTemplate()
    {
        var value = ParseWhole();
        return Finish([new Print(value.At, value, false)]);
    }

    public bool TryReadLiteral(out object? value) => Constant.TryRead(ParseWhole(), out value);

    /// <summary>Reads the macros and added blocks of a file, passing over all else at its top level.</summary>
    public Template ParseBlocks()
    {
        var text = _source.Text;
        var body = new List<Statement>();
        for (var at = 0; (at = TopLevel.NextTag(_source, at, out var word)) >= 0;)
        {
            if (word != "macro" && !_environment.Tags.ContainsKey(word))
            {
                if (!IsKnown(word)) _skipped.Add(new SkippedTag(word, _source.Place(at)));
                at = TopLevel.EndOfTag(text, at);
                continue;
            }

            _lexer.SkipTo(at);
            _hasAhead = false;
            Advance();
            Advance();
            body.Add(ParseStatement());
            RequireTagEnd();
            at = _now.End;
        }

        return Finish([.. body]);
    }

    Expression ParseWhole()
    {
        _lexer.BeginExpression();
        Advance();
        var value = ParseTuple();
        if (_now.Kind != TokenKind.End) throw Unexpected("the end of the expression");
        return value;
    }

    Template Finish(Statement[] body)
    {
        if (_unknown.Count > 0)
        {
            var (name, at, isFilter) = _unknown[0];
            var failure = isFilter ? FilterTable.Unknown(_environment, name) : TestTable.Unknown(_environment, name);
            throw SyntaxFault.At(_source, at, failure.Code, failure.Message, failure.Try);
        }

        var template = new Template(_environment, _source, body, [.. _inherited], _extends) { Skipped = _skipped };
        foreach (var complete in _completions) complete(template);
        return template;
    }

    /// <summary>
    /// Reads text, prints and tags up to one of the end words of the tag that is open (which is then the token at
    /// hand),
    /// or to the end of the template when <paramref name="ends"/> is null.
    /// </summary>
    Statement[] ParseBody(string[]? ends)
    {
        var body = new List<Statement>();
        while (true)
        {
            switch (_now.Kind)
            {
                case TokenKind.Data:
                    body.Add(new Text(_now.At, (string)_now.Value!));
                    Advance();
                    break;
                case TokenKind.PrintBegin:
                    var at = _now.At;
                    Advance();
                    body.Add(new Print(at, ParseTuple(), false));
                    Expect(TokenKind.PrintEnd);
                    break;
                case TokenKind.TagBegin:
                    var tagAt = _now.At;
                    Advance();
                    if (ends is not null && _now.Kind == TokenKind.Name && Array.IndexOf(ends, _now.Name) >= 0)
                    {
                        _endTagAt = tagAt;
                        return [.. body];
                    }

                    body.Add(ParseStatement());
                    Expect(TokenKind.TagEnd);
                    break;
                default:
                    if (ends is null) return [.. body];
                    throw Unclosed(ends);
            }
        }
    }

    /// <summary>
    /// Reads the rest of an opening tag and its body; leaves the word that ended it as the token at hand.
    /// </summary>
    Statement[] ParseBlock(params string[] ends)
    {
        Skip(TokenKind.Colon);
        Expect(TokenKind.TagEnd);
        Descend();
        var body = ParseBody(ends);
        _depth--;
        return body;
    }

    void Descend()
    {
        Meter.Descend();
        if (++_depth > MaxDepth)
            throw SyntaxFault.At(_source, _now.At, "QN7009", $"the template is nested more than {MaxDepth} deep");
    }

    void Advance()
    {
        _now = _hasAhead ? _ahead : _lexer.Next();
        _hasAhead = false;
    }

    Token Look()
    {
        if (!_hasAhead) _ahead = _lexer.Next();
        _hasAhead = true;
        return _ahead;
    }

    bool Is(string name) => _now.Kind == TokenKind.Name && (string)_now.Value! == name;

    bool SkipName(string name)
    {
        if (!Is(name)) return false;
        Advance();
        return true;
    }

    bool Skip(TokenKind kind)
    {
        if (_now.Kind != kind) return false;
        Advance();
        return true;
    }

    Token Expect(TokenKind kind)
    {
        if (_now.Kind != kind) throw Unexpected(kind == TokenKind.Name ? "a name" : $"'{Token.Symbol(kind)}'");
        var token = _now;
        Advance();
        return token;
    }

    void ExpectName(string name)
    {
        if (!SkipName(name)) throw Unexpected($"'{name}'");
    }

    /// <summary>Checks for the end of a tag without reading on.</summary>
    void RequireTagEnd()
    {
        if (_now.Kind != TokenKind.TagEnd) throw Unexpected("'%}'");
    }

    QuernException Unexpected(string wanted) =>
        SyntaxFault.Unexpected(_source, _now.At, $"expected {wanted} but found {_now.Describe()}");

    QuernException Unclosed(string[] ends)
    {
        var open = _tags.Peek();
        var end = ends[^1];
        return SyntaxFault.Unclosed(
            _source, open.At, $"this {{% {open.Name} %}} has no {{% {end} %}}",
            $"add {{% {end} %}} where the block ends");
    }

    sealed record OpenTag(string Name, int At);

    /// <summary>A filter or test that does not exist. An error where it is sure to run; else when it is run.</summary>
    sealed record Unknown(string Name, int At, bool IsFilter);

    /// <summary>The special names that the body of a macro mentions.</summary>
    sealed class Mentions
    {
        public bool Varargs { get; private set; }

        public bool Kwargs { get; private set; }

        public bool Caller { get; private set; }

        public void Note(string name)
        {
            if (name.Length is not (6 or 7)) return;
            if (name == "varargs") Varargs = true;
            else if (name == "kwargs") Kwargs = true;
            else if (name == "caller") Caller = true;
        }

        public void Add(Mentions other)
        {
            Varargs |= other.Varargs;
            Kwargs |= other.Kwargs;
            Caller |= other.Caller;
        }
    }
}
