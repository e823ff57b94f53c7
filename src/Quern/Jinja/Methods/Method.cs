namespace Quern.Jinja.Methods;

/// <summary>A method of a built-in value.</summary>
delegate object? Method(object target, Arguments arguments);
