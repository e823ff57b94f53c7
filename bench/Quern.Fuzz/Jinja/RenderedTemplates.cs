using Quern.Jinja;

namespace Quern.Fuzz.Jinja;

/// <summary>Templates that are parsed, walked and rendered, with undefined names as errors and as nothing.</summary>
sealed class RenderedTemplates() : TemplateTarget("jinja/templates")
{
    /// <inheritdoc/>
    protected override void Try(string text, Behaviour behaviour)
    {
        var template = Environment.Parse(text, Path);
        behaviour.Add("calls", Behaviour.Bucket(template.Calls().Count));
        QuernException? first = null;
        foreach (var environment in (TemplateEnvironment[])[Environment, Forgiving])
        {
            try
            {
                Written(template.In(environment).Render(Names()), behaviour);
            }
            catch (QuernException error)
            {
                Declared(error, behaviour, $"{Path}:");
                first ??= error;
            }
        }
        if (first is not null) throw first;
    }
}
