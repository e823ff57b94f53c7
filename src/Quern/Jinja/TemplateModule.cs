using Quern.Jinja.Tree;
using Quern.Jinja.Values;

namespace Quern.Jinja;

/// <summary>
/// What a template set at its top level, macros included. Names that begin with <c>_</c> stay private.
/// </summary>
public sealed class TemplateModule : TemplateObject
{
    readonly string _text;
    readonly Dictionary<string, object?> _exports = [];

    internal TemplateModule(string path, string text, Scope scope)
    {
        Path = path;
        _text = text;
        foreach (var (name, value) in scope.Entries())
            if (name[0] != '_') _exports[name] = value;
    }

    /// <summary>The template's path.</summary>
    public string Path { get; }

    /// <summary>The values by name.</summary>
    public IReadOnlyDictionary<string, object?> Exports => _exports;

    /// <inheritdoc/>
    public override string TypeName => "module";

    /// <inheritdoc/>
    public override bool TryGetAttribute(string name, out object? value) => _exports.TryGetValue(name, out value);

    /// <summary>The text that the template wrote.</summary>
    public override string ToString() => _text;
}
