using Quern.Jinja;
using Quern.Jinja.Reading;
using Quern.Jinja.Values;

namespace Quern.Fuzz.Jinja;

/// <summary>Templates: whatever a text says, it renders or ends with a fault that names its place.</summary>
/// <param name="name">What is tried.</param>
abstract class TemplateTarget(string name) : FuzzTarget
{
    /// <summary>What errors call the text.</summary>
    protected const string Path = "f.sql";

    static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["inc"] = "I[{{ x }}|{{ y }}]{% set y = 5 %}",
        ["mac"] = "{% macro m(a) %}<{{ a }}{{ g }}>{% endmacro %}{% set v = 7 %}{% set _p = 1 %}txt",
        ["base"] = "A{% block b %}base{% endblock %}B{% block c scoped %}{{ x }}{% endblock %}{{ self.b() }}",
        ["mid"] = "{% extends 'base' %}{% block b %}mid+{{ super() }}{% endblock %}",
        ["rec"] = "{% include 'rec' %}",
    };

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Ending => ".jinja";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Tokens => TemplateTokens.All;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Open, string Inside, string Close)> Nesting => TemplateTokens.Nesting;

    /// <summary>The language, with limits that inputs can reach.</summary>
    protected static TemplateEnvironment Environment { get; } = Make(UndefinedMode.Stock);

    /// <summary>The same where undefined names forgive.</summary>
    protected static TemplateEnvironment Forgiving { get; } = Make(UndefinedMode.Forgiving);

    /// <inheritdoc/>
    public override void Try(byte[] input, Behaviour behaviour)
    {
        var text = Text(input);
        Look(text, behaviour);
        try
        {
            Try(text, behaviour);
        }
        catch (QuernException error)
        {
            Declared(error, behaviour, ":");
        }
    }

    /// <summary>Tries a text.</summary>
    protected abstract void Try(string text, Behaviour behaviour);

    /// <summary>What templates see.</summary>
    protected static Globals Names() => new()
    {
        ["return"] = ReturnFunction.Instance,
        ["x"] = 3L,
        ["y"] = "text",
        ["rows"] = new List<object?> { 1L, "b", null, new List<object?> { 2.5 } },
        ["d"] = new Dict { ["a"] = 1L, ["b"] = new Dict { ["c"] = "é😀" }, [2L] = true },
        ["day"] = new DateOnly(2024, 2, 29),
        ["at"] = new DateTime(2024, 2, 29, 17, 5, 3),
        ["money"] = 12.50m,
    };

    /// <summary>Says how a text was written out.</summary>
    protected static void Written(string text, Behaviour behaviour) => behaviour.Add("written", Behaviour.Bucket(text.Length));

    static void Look(string text, Behaviour behaviour)
    {
        var lexer = new Lexer(Source.Of(Path, text));
        var (one, two) = (0L, 0L);
        try
        {
            for (var token = lexer.Next(); token.Kind != TokenKind.End; token = lexer.Next())
            {
                var three = TemplateTokens.Words.TryGetValue(token.Name, out var word) ? word : (long)token.Kind;
                behaviour.Add("tokens", one, two, three);
                (one, two) = (two, three);
            }
        }
        catch (QuernException error)
        {
            behaviour.Add("lexer", error.Fault.Code, Behaviour.Sentence(error.Fault.What));
        }
    }

    static TemplateEnvironment Make(UndefinedMode mode) => new()
    {
        Undefined = mode,
        Limits = new Limits { Steps = 50_000, MemoryBytes = 4 << 20, RangeItems = 10_000 },
        Load = other => Others.GetValueOrDefault(other) ?? (other.Length < 3 ? "{{ x }}" : null),
    };
}
