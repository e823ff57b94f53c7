using Quern.Jinja.Tree;

namespace Quern.Jinja;

/// <summary>A parsed template. Does not change and may be run on several threads at once.</summary>
public sealed class Template
{
    readonly Statement[] _body;
    readonly InheritedBlock[] _inherited;
    readonly bool _extends;
    IReadOnlyList<Macro>? _macros;

    internal Template(
        TemplateEnvironment environment, Source source, Statement[] body, InheritedBlock[] inherited, bool extends)
    {
        (Environment, Source, _body) = (environment, source, body);
        (_inherited, _extends) = (inherited, extends);
    }

    /// <summary>The environment it runs in.</summary>
    public TemplateEnvironment Environment { get; }

    /// <summary>The name it was parsed under, usually a file.</summary>
    public string Path => Source.Path;

    /// <summary>The macros at its top level, to be called without running the template first.</summary>
    public IReadOnlyList<Macro> Macros => _macros ??=
    [
        .. _body.Select(statement => statement as MacroDefinition ?? (statement as TagBlock)?.Macro)
            .OfType<MacroDefinition>()
            .Select(definition => new Macro(definition, this, null)),
    ];

    /// <summary>The blocks of added kinds at its top level.</summary>
    public IReadOnlyList<NamedBlock> Blocks => [.. _body.OfType<TagBlock>().Select(block => block.Block)];

    /// <summary>
    /// Tags that <see cref="TemplateEnvironment.ParseBlocks"/> passed over because nothing is known of them.
    /// </summary>
    public IReadOnlyList<SkippedTag> Skipped { get; internal init; } = [];

    internal Source Source { get; }

    internal IReadOnlyList<Statement> Body => _body;

    /// <summary>Whether a text has any mark of a template: <c>{{ {% {# }} %} #}</c>.</summary>
    public static bool HasMarks(string text)
    {
        for (var i = 0; i + 1 < text.Length; i++)
        {
            var (c, next) = (text[i], text[i + 1]);
            if (c == '{' ? next is '{' or '%' or '#' : next == '}' && c is ('}' or '%' or '#')) return true;
        }

        return false;
    }

    /// <summary>The same template in another environment, without parsing again.</summary>
    public Template In(TemplateEnvironment environment) =>
        new(environment, Source, _body, _inherited, _extends);

    /// <summary>The calls that stand anywhere in it, in reading order.</summary>
    public IReadOnlyList<CallSite> Calls() => [.. _body.SelectMany(node => CallSite.Find(node, Source))];

    /// <summary>Runs it and gives its text. Throws a <see cref="QuernException"/> for any error.</summary>
    public string Render(Globals globals, CancellationToken cancellation = default) =>
        new Rendering(Environment, globals, cancellation).Render(this);

    /// <summary>Runs it and gives its value when it is one expression, else its text.</summary>
    public object? Evaluate(Globals globals, CancellationToken cancellation = default) =>
        new Rendering(Environment, globals, cancellation).Evaluate(this);

    /// <summary>Runs it, then the template it extends with its blocks put in.</summary>
    internal void Run(Frame frame)
    {
        if (_inherited.Length > 0 || _extends)
        {
            frame.Inheritance ??= Inheritance.Begin(frame);
            frame.Inheritance.Add(this, _inherited);
        }

        var output = frame.Output;
        Statement.Run(_body, frame);
        frame.Output = output;
        if (frame.Inheritance is { Parent: { } parent } inheritance)
        {
            inheritance.Parent = null;
            var next = new Frame(frame.Rendering, parent, frame.Scope, output, null) { Inheritance = inheritance };
            frame.Rendering.Enter(next);
            parent.Run(next);
            frame.Rendering.Leave();
        }
    }
}
