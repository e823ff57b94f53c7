namespace Quern.Jinja.Values;

/// <summary>
/// What <c>namespace(a=1)</c> makes: attributes that <c>{% set ns.a = ... %}</c> can change from inner scopes.
/// </summary>
sealed class Namespace : TemplateObject
{
    readonly Dictionary<string, object?> _attributes = [];

    public override string TypeName => "namespace";

    public override bool TryGetAttribute(string name, out object? value) => _attributes.TryGetValue(name, out value);

    public override bool TrySetAttribute(string name, object? value)
    {
        if (!_attributes.ContainsKey(name)) Meter.Charge(64);
        _attributes[name] = value;
        return true;
    }

    public override string ToString()
    {
        var dict = new Dict();
        foreach (var (name, value) in _attributes) dict[name] = value;
        return $"<Namespace {PythonText.Represent(dict)}>";
    }
}
