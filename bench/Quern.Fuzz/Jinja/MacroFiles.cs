using Quern.Jinja;

namespace Quern.Fuzz.Jinja;

/// <summary>Files of macros, whose other text is passed over; each macro is called with what it needs.</summary>
sealed class MacroFiles() : TemplateTarget("jinja/macros")
{
    /// <inheritdoc/>
    protected override void Try(string text, Behaviour behaviour)
    {
        var template = Environment.ParseBlocks(text, Path);
        behaviour.Add("file", template.Macros.Count, template.Skipped.Count);
        foreach (var macro in template.Macros)
        {
            try
            {
                var value = new Rendering(Environment, Names(), CancellationToken.None).Call(macro, [1L, "b"]);
                Written(value as string ?? "", behaviour);
            }
            catch (QuernException error)
            {
                // A call from outside has no place: what calls it adds its own.
                Declared(new QuernException(error.Fault with { Where = error.Fault.Where ?? Path }, error), behaviour, Path);
            }
        }
    }
}
