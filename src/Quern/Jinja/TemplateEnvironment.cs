using Quern.Jinja.Reading;

namespace Quern.Jinja;

/// <summary>
/// The language templates are written in: Jinja with the tags <c>do</c>, <c>break</c> and <c>continue</c>, plus the
/// filters, tests and block tags added here. Set up once, before parsing; then safe to share between threads.
/// </summary>
public sealed class TemplateEnvironment
{
    readonly Dictionary<string, Filter> _filters = [];
    readonly Dictionary<string, Test> _tests = [];
    readonly Dictionary<string, BlockTag> _tags = [];

    /// <summary>An environment with the language's own filters, tests and functions.</summary>
    public TemplateEnvironment() => Globals = BuiltIns.Make();

    /// <summary>How undefined names behave. Default: <see cref="UndefinedMode.Stock"/>.</summary>
    public UndefinedMode Undefined { get; init; }

    /// <summary>What one rendering may use.</summary>
    public Limits Limits { get; init; } = Limits.Default;

    /// <summary>Finds the text of a template that another one includes or imports; null when there is none.</summary>
    public Func<string, string?>? Load { get; init; }

    /// <summary>
    /// Names every template sees, below the globals of its rendering: <c>range</c>, <c>dict</c>, <c>namespace</c>...
    /// </summary>
    public Globals Globals { get; }

    internal IReadOnlyDictionary<string, Filter> Filters => _filters;

    internal IReadOnlyDictionary<string, Test> Tests => _tests;

    internal IReadOnlyDictionary<string, BlockTag> Tags => _tags;

    /// <summary>Adds a filter, or replaces one of the same name.</summary>
    public void Add(string name, Filter filter) => _filters[name] = filter;

    /// <summary>Adds a test, or replaces one of the same name.</summary>
    public void Add(string name, Test test) => _tests[name] = test;

    /// <summary>Adds a block tag.</summary>
    public void Add(BlockTag tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        _tags[tag.Name] = tag;
    }

    /// <summary>Parses a template. Throws QN7001 to QN7004 for text that is not one.</summary>
    /// <param name="text">The template. One line end at its end is dropped; CR LF is read as LF.</param>
    /// <param name="path">What errors call it, usually the file.</param>
    /// <param name="firstLine">The line of <paramref name="path"/> that the text begins on. Default: 1.</param>
    public Template Parse(string text, string path, int firstLine = 1) =>
        new Parser(this, Source.Of(path, text, firstLine)).ParseTemplate();

    /// <summary>
    /// Parses a file of macros and added blocks: everything else at its top level, unknown tags included, is passed
    /// over.
    /// </summary>
    public Template ParseBlocks(string text, string path) => new Parser(this, Source.Of(path, text)).ParseBlocks();

    /// <summary>Parses one expression, written without braces, to be evaluated.</summary>
    public Template ParseExpression(string text, string path, int firstLine = 1) =>
        new Parser(this, Source.Of(path, text, firstLine)).ParseExpressionTemplate();

    /// <summary>
    /// Reads a text that is a literal (a number, quoted text, list, dict, true...); false for any other text.
    /// </summary>
    public static bool TryReadLiteral(string text, out object? value)
    {
        value = null;
        try
        {
            return new Parser(new TemplateEnvironment(), Source.Of("", text)).TryReadLiteral(out value);
        }
        catch (QuernException)
        {
            return false;
        }
    }
}
