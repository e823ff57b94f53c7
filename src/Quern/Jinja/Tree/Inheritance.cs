using Quern.Jinja.Values;

namespace Quern.Jinja.Tree;

/// <summary>Which blocks stand for which names while a template and those it extends run.</summary>
sealed class Inheritance
{
    readonly Dictionary<string, List<(Template Template, InheritedBlock Block)>> _chains = [];

    Inheritance(Scope root) => Root = root;

    /// <summary>The names of the top level, which blocks see.</summary>
    public Scope Root { get; }

    /// <summary>The template that the running one extends; null until <c>extends</c> ran.</summary>
    public Template? Parent { get; set; }

    /// <summary>
    /// Begins with the most derived template, whose names get <c>self</c>, through which blocks are called.
    /// </summary>
    public static Inheritance Begin(Frame frame)
    {
        var inheritance = new Inheritance(frame.Scope);
        frame.Scope.Set("self", new BlockCalls(inheritance, frame));
        return inheritance;
    }

    public void Add(Template template, IEnumerable<InheritedBlock> blocks)
    {
        foreach (var block in blocks)
        {
            if (!_chains.TryGetValue(block.Name, out var chain)) _chains[block.Name] = chain = [];
            chain.Add((template, block));
        }
    }

    /// <summary>
    /// The text of a block as the template at a level of the chain defines it; 0 is the most derived.
    /// </summary>
    public string? Render(Frame frame, string name, int level, Scope around)
    {
        if (!_chains.TryGetValue(name, out var chain) || level >= chain.Count) return null;
        var (template, block) = chain[level];
        if (block.IsRequired && chain.Count == 1)
            throw TemplateFailure.Value($"the block '{name}' is required, and no template that extends this one fills it");
        var rendering = frame.Rendering;
        var scope = new Scope(around);
        scope.Set("super", new Function("super", _ => Render(frame, name, level + 1, around)
            ?? throw TemplateFailure.Undefined($"there is no parent block called '{name}'")));
        var inner = new Frame(rendering, template, scope, rendering.Rent(), null) { Inheritance = this, At = block.At };
        rendering.Enter(inner);
        Statement.Run(block.Body, inner);
        rendering.Leave();
        return rendering.Release(inner.Output);
    }

    /// <summary><c>self</c>: its attributes are functions that give the text of a block.</summary>
    sealed class BlockCalls(Inheritance inheritance, Frame frame) : TemplateObject
    {
        public override string TypeName => "TemplateReference";

        public override bool TryGetAttribute(string name, out object? value)
        {
            value = inheritance._chains.ContainsKey(name)
                ? new Function(name, _ => inheritance.Render(frame, name, 0, inheritance.Root))
                : null;
            return value is not null;
        }
    }
}

/// <summary><c>{% block name %}...{% endblock %}</c>: a part that a template extending this one may replace.</summary>
sealed class InheritedBlock(int at, string name, bool seesAround, bool isRequired, Statement[] body) : Statement(at)
{
    public string Name { get; } = name;

    public bool IsRequired { get; } = isRequired;

    public Statement[] Body { get; } = body;

    public override IEnumerable<Node> Children => Body;

    public override Signal Execute(Frame frame)
    {
        Meter.Descend();
        if (frame.Inheritance is not { } inheritance) return Run(Body, frame);
        if (inheritance.Parent is not null) return Signal.None;
        frame.At = At;
        frame.Write(inheritance.Render(frame, Name, 0, seesAround ? frame.Scope : inheritance.Root) ?? "");
        return Signal.None;
    }
}

/// <summary>
/// <c>{% extends 'template' %}</c>: from here on nothing is written; the other template runs instead.
/// </summary>
sealed class Extends(int at, Expression template) : Statement(at)
{
    public override IEnumerable<Node> Children => [template];

    public override Signal Execute(Frame frame)
    {
        var name = template.Evaluate(frame);
        frame.At = At;
        if (frame.Inheritance is not { Parent: null } inheritance)
            throw TemplateFailure.Value("a template extends one other only");
        inheritance.Parent = frame.Rendering.Find(frame.Template.Environment, name);
        frame.Output = frame.Rendering.Rent();
        return Signal.None;
    }
}
