using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary>A macro as templates call it: notes the call where somebody asks which macros a node calls.</summary>
sealed class LoadedMacro(ProjectMacro macro) : TemplateObject
{
    public ProjectMacro Definition => macro;

    public override string TypeName => "MacroGenerator";

    public override bool IsCallable => true;

    public override object? Call(Arguments arguments)
    {
        (arguments.Rendering.State as NodeScope)?.Capture?.AddMacro(macro.Id);
        return macro.Macro.Call(arguments);
    }

    public override bool TryGetAttribute(string name, out object? value) => macro.Macro.TryGetAttribute(name, out value);

    public override string ToString() => macro.Macro.ToString();
}
