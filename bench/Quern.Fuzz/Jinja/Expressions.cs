using Quern.Jinja;

namespace Quern.Fuzz.Jinja;

/// <summary>Expressions without marks, and literals.</summary>
sealed class Expressions() : TemplateTarget("jinja/expressions")
{
    /// <inheritdoc/>
    public override int MostBytes => 4 << 10;

    /// <inheritdoc/>
    protected override void Try(string text, Behaviour behaviour)
    {
        if (TemplateEnvironment.TryReadLiteral(text, out var literal)) behaviour.Add("literal", literal?.GetType().Name ?? "none");
        var value = Environment.ParseExpression(text, Path).Evaluate(Names());
        behaviour.Add("value", value?.GetType().Name ?? "none");
    }
}
