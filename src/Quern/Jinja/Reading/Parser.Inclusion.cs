using Quern.Jinja.Tree;

namespace Quern.Jinja.Reading;

/// <summary>The tags that bring other templates in.</summary>
sealed partial class Parser
{
    Include ParseInclude()
    {
        var at = _now.At;
        Advance();
        var template = ParseExpression();
        var ignoreMissing = Is("ignore") && Look().Name == "missing";
        if (ignoreMissing)
        {
            Advance();
            Advance();
        }

        return new Include(at, template, ignoreMissing, ParseContext() ?? true);
    }

    Import ParseImport()
    {
        var at = _now.At;
        Advance();
        var template = ParseExpression();
        ExpectName("as");
        return new Import(at, template, Expect(TokenKind.Name).Name, ParseContext() ?? false);
    }

    FromImport ParseFromImport()
    {
        var at = _now.At;
        Advance();
        var template = ParseExpression();
        ExpectName("import");
        var names = new List<ImportedName>();
        bool? withContext;
        do
        {
            withContext = ParseContext();
            if (withContext is not null || (names.Count > 0 && _now.Kind == TokenKind.TagEnd)) break;
            var name = Expect(TokenKind.Name);
            if (name.Name[0] == '_')
            {
                throw SyntaxFault.Unexpected(
                    _source, name.At, $"'{name.Name}' is private to its template",
                    "names that begin with _ are not imported");
            }

            names.Add(new ImportedName(name.Name, SkipName("as") ? Expect(TokenKind.Name).Name : name.Name));
            withContext = ParseContext();
        }
        while (withContext is null && Skip(TokenKind.Comma));

        if (names.Count == 0) throw Unexpected("a name to import");
        return new FromImport(at, template, [.. names], withContext ?? false);
    }

    /// <summary>Reads <c>with context</c> or <c>without context</c>; null when neither stands here.</summary>
    bool? ParseContext()
    {
        if (!(Is("with") || Is("without")) || Look().Name != "context") return null;
        var with = Is("with");
        Advance();
        Advance();
        return with;
    }

    InheritedBlock ParseInheritedBlock()
    {
        var at = _now.At;
        Advance();
        var name = Expect(TokenKind.Name).Name;
        if (_inherited.Exists(other => other.Name == name))
            throw SyntaxFault.Unexpected(_source, at, $"the block '{name}' is there twice");
        var seesAround = SkipName("scoped");
        var isRequired = SkipName("required");
        var loops = _loops;
        _loops = 0;
        var body = ParseBlock("endblock");
        _loops = loops;
        if (isRequired && body.Any(s => s is not Text text || !string.IsNullOrWhiteSpace(text.Content)))
            throw SyntaxFault.Unexpected(_source, at, $"the block '{name}' is required, so it holds nothing but blanks and comments");
        ExpectName("endblock");
        SkipName(name);
        var block = new InheritedBlock(at, name, seesAround, isRequired, body);
        _inherited.Add(block);
        return block;
    }

    Extends ParseExtends()
    {
        var at = _now.At;
        Advance();
        _extends = true;
        return new Extends(at, ParseExpression());
    }
}
