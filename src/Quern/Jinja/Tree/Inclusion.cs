using Quern.Jinja.Values;

namespace Quern.Jinja.Tree;

/// <summary>
/// <c>{% include 'template' %}</c>: the text of another template, which sees the names of this place.
/// </summary>
sealed class Include(int at, Expression template, bool ignoreMissing, bool withContext) : Statement(at)
{
    public override IEnumerable<Node> Children => [template];

    public override Signal Execute(Frame frame)
    {
        Meter.Descend();
        var name = template.Evaluate(frame);
        frame.At = At;
        var found = ignoreMissing
            ? frame.Rendering.TryFind(frame.Template.Environment, name)
            : frame.Rendering.Find(frame.Template.Environment, name);
        if (found is null) return Signal.None;
        frame.Write(frame.Rendering.RunTemplate(found, new Scope(withContext ? frame.Scope : null)).Text);
        return Signal.None;
    }
}

/// <summary><c>{% import 'template' as name %}</c>.</summary>
sealed class Import(int at, Expression template, string name, bool withContext) : Statement(at)
{
    public override IEnumerable<Node> Children => [template];

    public override Signal Execute(Frame frame)
    {
        frame.Scope.Set(name, Load(this, frame, template, withContext));
        return Signal.None;
    }

    public static TemplateModule Load(Statement at, Frame frame, Expression template, bool withContext)
    {
        Meter.Descend();
        var path = template.Evaluate(frame);
        frame.At = at.At;
        var found = frame.Rendering.Find(frame.Template.Environment, path);
        return frame.Rendering.LoadModule(found, withContext ? frame.Scope : null);
    }
}

/// <summary><c>{% from 'template' import a, b as c %}</c>.</summary>
sealed class FromImport(int at, Expression template, ImportedName[] names, bool withContext) : Statement(at)
{
    public override IEnumerable<Node> Children => [template];

    public override Signal Execute(Frame frame)
    {
        var module = Import.Load(this, frame, template, withContext);
        foreach (var (name, alias) in names)
        {
            frame.Scope.Set(alias, module.Exports.TryGetValue(name, out var value)
                ? value
                : Undefined.Because($"the template '{module.Path}' does not define '{name}'", frame.Mode));
        }

        return Signal.None;
    }
}
