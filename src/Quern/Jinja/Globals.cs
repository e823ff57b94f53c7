using Quern.Jinja.Values;

namespace Quern.Jinja;

/// <summary>
/// Names that templates see, layered: what is not here is looked for in <see cref="Parent"/>. Looked up when a template
/// uses a name, so that names may be added after macros that use them were loaded. A template sees one as a mapping.
/// </summary>
/// <param name="parent">The layer below. Default: none.</param>
public sealed class Globals(Globals? parent = null) : TemplateObject
{
    readonly Dictionary<string, object?> _values = [];

    /// <summary>The layer below; null at the bottom.</summary>
    public Globals? Parent { get; } = parent;

    /// <inheritdoc/>
    public override string TypeName => "dict";

    /// <inheritdoc/>
    public override bool IsMapping => true;

    /// <inheritdoc/>
    public override int? Length => Names().Count;

    /// <inheritdoc/>
    public override IEnumerable<object?> Items => Names();

    /// <summary>
    /// Reads a name (null where there is none) or sets it in this layer, through <see cref="Value.From"/>.
    /// </summary>
    public object? this[string name]
    {
        get => TryGet(name, out var value) ? value : null;
        set => _values[name] = Value.From(value);
    }

    /// <summary>Adds a function under its own name.</summary>
    public void Add(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        _values[function.Name] = function;
    }

    /// <summary>Adds a value that is made when a template first uses its name; for layers of one thread.</summary>
    public void AddLate(string name, Func<object?> make) => _values[name] = new LateValue(make);

    /// <summary>Finds a name in this layer or one below.</summary>
    public bool TryGet(string name, out object? value)
    {
        for (var layer = this; layer is not null; layer = layer.Parent)
        {
            if (!layer._values.TryGetValue(name, out value)) continue;
            if (value is LateValue late) layer._values[name] = value = Value.From(late.Make());
            return true;
        }
        value = null;
        return false;
    }

    /// <inheritdoc/>
    public override bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && TryGet(name, out value);
    }

    /// <inheritdoc/>
    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "get" => new Function("get", Get),
            "keys" => new Function("keys", arguments =>
            {
                arguments.Bind("keys", 0);
                return Names();
            }),
            _ => null,
        };
        return value is not null;
    }

    object? Get(Arguments arguments)
    {
        var bound = arguments.Bind("get", 1, "key", "default");
        return TryGetItem(bound[0], out var found) ? found : bound[1];
    }

    List<object?> Names()
    {
        var names = new List<object?>();
        var seen = new HashSet<string>();
        for (var layer = this; layer is not null; layer = layer.Parent)
        {
            foreach (var name in layer._values.Keys)
                if (seen.Add(name)) names.Add(name);
        }

        return names;
    }

    sealed record LateValue(Func<object?> Make);
}
