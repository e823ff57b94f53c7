namespace Quern.Jinja.Values;

/// <summary>What <c>cycler('odd', 'even')</c> makes: <c>next()</c> gives one value after the other, for ever.</summary>
sealed class Cycler : TemplateObject
{
    readonly object?[] _items;
    int _at;

    public Cycler(object?[] items)
    {
        if (items.Length == 0) throw TemplateFailure.Arguments("cycler() needs a value to cycle through");
        _items = items;
    }

    public override string TypeName => "Cycler";

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "current" => _items[_at],
            "next" => new Function("next", _ => Next()),
            "reset" => new Function("reset", _ => Reset()),
            _ => null,
        };
        return value is not null || name == "current";
    }

    object? Reset()
    {
        _at = 0;
        return null;
    }

    object? Next()
    {
        var item = _items[_at];
        _at = (_at + 1) % _items.Length;
        return item;
    }
}
