using Quern.Jinja.Tree;

namespace Quern.Jinja.Reading;

/// <summary>The tags <c>{% ... %}</c>. Each reader begins at the tag's word and ends before the closing mark.</summary>
sealed partial class Parser
{
    static readonly string[] Words =
    [
        "if", "elif", "else", "endif", "for", "endfor", "set", "endset", "do", "macro", "endmacro", "call", "endcall",
        "filter", "endfilter", "with", "endwith", "print", "break", "continue", "include", "import", "from", "block",
        "endblock", "extends", "raw", "endraw",
    ];

    Statement ParseStatement()
    {
        if (_now.Kind != TokenKind.Name) throw Unexpected("the name of a tag");
        _tags.Push(new OpenTag(_now.Name, _now.At));
        var word = _now;
        var statement = word.Name switch
        {
            "if" => (Statement)ParseIf(),
            "for" => ParseFor(),
            "set" => ParseSet(),
            "do" => ParseDo(),
            "macro" => ParseMacro(),
            "call" => ParseCallBlock(),
            "filter" => ParseFilterBlock(),
            "with" => ParseWith(),
            "print" => ParsePrint(),
            "break" => ParseLoopControl(Signal.Break),
            "continue" => ParseLoopControl(Signal.Continue),
            "include" => ParseInclude(),
            "import" => ParseImport(),
            "from" => ParseFromImport(),
            "block" => ParseInheritedBlock(),
            "extends" => ParseExtends(),
            _ => _environment.Tags.TryGetValue(word.Name, out var tag) ? ParseTagBlock(tag) : throw UnknownTag(word),
        };
        _tags.Pop();
        return statement;
    }

    If ParseIf()
    {
        var at = _now.At;
        var unknownBefore = _unknown.Count;
        var branches = new List<Branch>();
        Statement[] otherwise = [];
        do
        {
            Advance();
            var condition = ParseTuple(allowIf: false);
            branches.Add(new Branch(condition, ParseBlock("elif", "else", "endif")));
        }
        while (Is("elif"));

        if (SkipName("else")) otherwise = ParseBlock("endif");
        ExpectName("endif");
        // What is unknown in a branch counts only when the branch is taken.
        _unknown.RemoveRange(unknownBefore, _unknown.Count - unknownBefore);
        return new If(at, [.. branches], otherwise);
    }

    For ParseFor()
    {
        var at = _now.At;
        Advance();
        var target = ParseTarget("in");
        if (target.Walk().FirstOrDefault(part => part is NameTarget { Name: "loop" }) is { } taken)
            throw SyntaxFault.Unexpected(_source, taken.At, "'loop' is what the loop itself sets");
        ExpectName("in");
        var items = ParseTuple(allowIf: false, endWord: "recursive");
        var condition = SkipName("if") ? ParseExpression() : null;
        var isRecursive = SkipName("recursive");
        _loops++;
        var body = ParseBlock("else", "endfor");
        _loops--;
        var otherwise = SkipName("else") ? ParseBlock("endfor") : [];
        ExpectName("endfor");
        return new For(at, target, items, condition, isRecursive, body, otherwise);
    }

    Statement ParseSet()
    {
        var at = _now.At;
        Advance();
        var target = ParseTarget(null);
        if (Skip(TokenKind.Assign)) return new Assignment(at, target, ParseTuple());
        var filter = ParseFilterChain();
        var body = ParseBlock("endset");
        ExpectName("endset");
        return new BlockAssignment(at, target, filter, body);
    }

    Print ParseDo()
    {
        var at = _now.At;
        Advance();
        return new Print(at, ParseTuple(), true);
    }

    PrintList ParsePrint()
    {
        var at = _now.At;
        Advance();
        var values = new List<Print>();
        while (_now.Kind != TokenKind.TagEnd)
        {
            if (values.Count > 0) Expect(TokenKind.Comma);
            values.Add(new Print(_now.At, ParseExpression(), false));
        }

        return new PrintList(at, [.. values]);
    }

    MacroDefinition ParseMacro()
    {
        var at = _now.At;
        Advance();
        var name = Expect(TokenKind.Name).Name;
        return ParseMacroBody(at, name, ParseParameters, "endmacro");
    }

    CallBlock ParseCallBlock()
    {
        var at = _now.At;
        Advance();
        Call? call = null;
        var body = ParseMacroBody(
            at,
            "caller",
            () =>
            {
                var parameters = _now.Kind == TokenKind.OpenParen ? ParseParameters() : [];
                var callAt = _now.At;
                call = ParseExpression() as Call ?? throw SyntaxFault.Unexpected(
                    _source, callAt, "a call block needs a call", "write it as: {% call macro_name(...) %}");
                return parameters;
            },
            "endcall",
            true);
        return new CallBlock(at, call!, body);
    }

    /// <summary>
    /// Reads what is like a macro: parameters and a body, and which of the special names they mention.
    /// </summary>
    MacroDefinition ParseMacroBody(
        int at, string name, Func<Parameter[]> parseParameters, string end, bool isCallBody = false)
    {
        var (around, loops) = (_mentions, _loops);
        (_mentions, _loops) = (new Mentions(), 0);
        var parameters = parseParameters();
        var body = ParseBlock(end);
        ExpectName(end);
        var own = _mentions;
        (_mentions, _loops) = (around, loops);
        _mentions.Add(own);
        return new MacroDefinition(at, name, parameters, body)
        {
            TakesMore = own.Varargs,
            TakesAnyName = own.Kwargs,
            TakesCaller = own.Caller,
            IsCallBody = isCallBody,
        };
    }

    Parameter[] ParseParameters()
    {
        Expect(TokenKind.OpenParen);
        var parameters = new List<Parameter>();
        var hasDefaults = false;
        while (_now.Kind != TokenKind.CloseParen)
        {
            if (parameters.Count > 0) Expect(TokenKind.Comma);
            if (_now.Kind == TokenKind.CloseParen) break;
            var name = Expect(TokenKind.Name);
            if (parameters.Exists(other => other.Name == name.Name))
                throw SyntaxFault.Unexpected(_source, name.At, $"the parameter '{name.Name}' is there twice");
            var value = Skip(TokenKind.Assign) ? ParseExpression() : null;
            if (value is null && hasDefaults)
            {
                throw SyntaxFault.Unexpected(
                    _source, name.At, $"the parameter '{name.Name}' needs a default, as the one before it has one");
            }

            hasDefaults |= value is not null;
            parameters.Add(new Parameter(name.Name, value));
        }

        Advance();
        return [.. parameters];
    }

    FilterBlock ParseFilterBlock()
    {
        var at = _now.At;
        Advance();
        var filter = ParseFilter(null);
        while (Skip(TokenKind.Pipe)) filter = ParseFilter(filter);
        var body = ParseBlock("endfilter");
        ExpectName("endfilter");
        return new FilterBlock(at, filter, body);
    }

    FilterCall? ParseFilterChain()
    {
        FilterCall? filter = null;
        while (Skip(TokenKind.Pipe)) filter = ParseFilter(filter);
        return filter;
    }

    WithBlock ParseWith()
    {
        var at = _now.At;
        Advance();
        var names = new List<Binding>();
        while (_now.Kind is not (TokenKind.TagEnd or TokenKind.Colon))
        {
            if (names.Count > 0) Expect(TokenKind.Comma);
            var target = ParseTarget(null);
            Expect(TokenKind.Assign);
            names.Add(new Binding(target, ParseExpression()));
        }

        var body = ParseBlock("endwith");
        ExpectName("endwith");
        return new WithBlock(at, [.. names], body);
    }

    LoopControl ParseLoopControl(Signal signal)
    {
        var at = _now.At;
        if (_loops == 0) throw SyntaxFault.Unexpected(_source, at, $"'{_now.Name}' stands outside of a loop");
        Advance();
        return new LoopControl(at, signal);
    }

    Target ParseTarget(string? endWord)
    {
        var at = _now.At;
        var parts = new List<Target>();
        var isTuple = false;
        while (true)
        {
            if (parts.Count > 0) Expect(TokenKind.Comma);
            if (parts.Count > 0 && (AtTupleEnd(endWord) || _now.Kind == TokenKind.Assign)) break;
            parts.Add(ParseTargetPart());
            if (_now.Kind != TokenKind.Comma) break;
            isTuple = true;
        }

        return isTuple ? new TupleTarget(at, [.. parts]) : parts[0];
    }

    Target ParseTargetPart()
    {
        if (Skip(TokenKind.OpenParen))
        {
            Descend();
            var inner = ParseTarget(null);
            _depth--;
            Expect(TokenKind.CloseParen);
            return inner;
        }

        var name = Expect(TokenKind.Name);
        if (name.Name is "true" or "false" or "none" or "True" or "False" or "None")
            throw SyntaxFault.Unexpected(_source, name.At, $"'{name.Name}' cannot be assigned to");
        return Skip(TokenKind.Dot)
            ? new AttributeTarget(name.At, name.Name, Expect(TokenKind.Name).Name)
            : new NameTarget(name.At, name.Name);
    }

    TagBlock ParseTagBlock(BlockTag tag)
    {
        var at = _now.At;
        var end = "end" + tag.Name;
        Advance();
        var name = Expect(TokenKind.Name).Name;
        if (tag.IsRaw)
        {
            var header = new BlockHeader(tag, name, ParseOptions());
            RequireTagEnd();
            var text = (string)_lexer.ReadRaw(end, at).Value!;
            _now = new Token(TokenKind.TagEnd, _lexer.Position, _lexer.Position);
            return new TagBlock(at, new NamedBlock(header, text, _source.Place(at)), null, []);
        }

        var start = 0;
        IReadOnlyDictionary<string, object?>? options = null;
        var body = ParseMacroBody(
            at,
            name,
            () =>
            {
                var parameters = _now.Kind == TokenKind.OpenParen ? ParseParameters() : [];
                options = ParseOptions();
                Skip(TokenKind.Colon);
                RequireTagEnd();
                start = _now.End;
                return parameters;
            },
            end);
        var block = new NamedBlock(
            new BlockHeader(tag, name, options!), TextBetween(start, _endTagAt), _source.Place(at));
        return Define(at, block, body);
    }

    TagBlock Define(int at, NamedBlock block, MacroDefinition body)
    {
        if (block.Header.Tag.MacroName is not { } named)
        {
            _completions.Add(template =>
                block.Body = new Template(template.Environment, _source, body.Body, [], false));
            return new TagBlock(at, block, null, body.Body);
        }

        var macro = new MacroDefinition(at, named(block.Header), body.Parameters, body.Body)
        {
            TakesMore = body.TakesMore,
            TakesAnyName = body.TakesAnyName,
            TakesCaller = body.TakesCaller,
        };
        _completions.Add(template =>
        {
            block.Body = new Template(template.Environment, _source, body.Body, [], false);
            block.Macro = new Macro(macro, template, null);
        });
        return new TagBlock(at, block, macro, body.Body);
    }

    Dictionary<string, object?> ParseOptions()
    {
        var options = new Dictionary<string, object?>();
        while (Skip(TokenKind.Comma))
        {
            var name = Expect(TokenKind.Name);
            var value = (object?)Values.Value.Box(true);
            if (Skip(TokenKind.Assign))
            {
                var at = _now.At;
                if (!Constant.TryRead(ParseExpression(), out value))
                    throw SyntaxFault.Unexpected(_source, at, $"the option '{name.Name}' must be a value written out");
            }

            options[name.Name] = value;
        }

        return options;
    }

    string TextBetween(int start, int end) => _source.Text[start..Math.Max(start, end)];

    QuernException UnknownTag(Token word)
    {
        _tags.Pop();
        if (_tags.TryPeek(out var open)
            && (word.Name.StartsWith("end", StringComparison.Ordinal) || word.Name is "else" or "elif"))
        {
            var line = _source.Position(open.At).Line;
            return SyntaxFault.At(
                _source, word.At, "QN7002",
                $"{{% {word.Name} %}} stands inside of the {{% {open.Name} %}} of line {line}, which is still open",
                $"close {{% {open.Name} %}} first");
        }

        return SyntaxFault.At(_source, word.At, "QN7003", $"there is no tag '{word.Name}'", Nearest(word.Name));
    }

    string[] Nearest(string name) =>
        NearestName.Of(name, [.. Words, .. _environment.Tags.Keys]) is { } near ? [$"did you mean '{near}'?"] : [];

    bool IsKnown(string word) =>
        Array.IndexOf(Words, word) >= 0
        || (word.StartsWith("end", StringComparison.Ordinal) && _environment.Tags.ContainsKey(word[3..]));
}
