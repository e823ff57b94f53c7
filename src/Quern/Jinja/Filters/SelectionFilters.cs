using Quern.Jinja.Methods;
using Quern.Jinja.Values;

namespace Quern.Jinja.Filters;

/// <summary>Filters that choose: among items, between a value and its default, or an attribute.</summary>
static class SelectionFilters
{
    public static object? Default(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("default", 0, "default_value", "boolean");
        return value is Undefined || (bound.Flag(1) && !Value.IsTrue(value)) ? bound.Or(0, "") : value;
    }

    /// <summary>The attribute alone, never a key of the same name.</summary>
    public static object? Attr(object? value, Arguments arguments)
    {
        var name = arguments.Bind("attr", 1, "name").Text(0);
        var mode = arguments.Rendering.Mode;
        switch (value)
        {
            case Undefined:
                return Lookup.Attribute(value, name, mode);
            case TemplateObject other when other.TryGetAttribute(name, out var found):
                return Value.From(found);
            case not null when MethodTable.Find(value, name) is { } method:
                return new BoundMethod(value, name, method);
            case not null when MomentMethods.TryGetField(value, name, out var field):
                return field;
            default:
                return name.StartsWith("__", StringComparison.Ordinal)
                    ? Undefined.Hidden(value, name)
                    : Undefined.Of(value, name, mode);
        }
    }

    public static object? Map(object? value, Arguments arguments)
    {
        var items = Walked(value);
        var results = new List<object?>(items.Count);
        var convert = Converter(arguments);
        for (var i = 0; i < items.Count; i++)
        {
            Meter.Step();
            results.Add(convert(items[i]));
        }

        Meter.ChargeItems(results.Count);
        return new Generator("map", results);
    }

    public static object? Select(object? value, Arguments arguments) => Choose("select", value, arguments, false, true);

    public static object? Reject(object? value, Arguments arguments) =>
        Choose("reject", value, arguments, false, false);

    public static object? SelectAttr(object? value, Arguments arguments) =>
        Choose("selectattr", value, arguments, true, true);

    public static object? RejectAttr(object? value, Arguments arguments) =>
        Choose("rejectattr", value, arguments, true, false);

    static Func<object?, object?> Converter(Arguments arguments)
    {
        if (arguments.Positional.Count == 0 && arguments.TryGetNamed("attribute", out var attribute))
        {
            var bound = arguments.Bind("map", 0, "attribute", "default");
            return Attributes.Reader(attribute, arguments, bound[1]);
        }

        if (arguments.Positional.Count == 0)
            throw TemplateFailure.Arguments("map needs a filter or an attribute", "map('upper')", "map(attribute='n')");
        var environment = arguments.Rendering.Current;
        var name = Name(arguments.Positional[0]);
        var filter = FilterTable.Find(environment, name) ?? throw FilterTable.Unknown(environment, name);
        var passed = arguments.Skip(1);
        return item => Value.From(filter(item, passed));
    }

    static Generator Choose(string filter, object? value, Arguments arguments, bool byAttribute, bool wanted)
    {
        var used = byAttribute ? 1 : 0;
        if (arguments.Positional.Count < used)
            throw TemplateFailure.Arguments($"{filter} needs the name of an attribute");
        var read = byAttribute ? Attributes.Reader(arguments.Positional[0], arguments) : item => item;
        Func<object?, bool> holds = Value.IsTrue;
        if (arguments.Positional.Count > used)
        {
            var environment = arguments.Rendering.Current;
            var name = Name(arguments.Positional[used]);
            var test = TestTable.Find(environment, name) ?? throw TestTable.Unknown(environment, name);
            var passed = arguments.Skip(used + 1);
            holds = item => test(item, passed);
        }

        var items = Walked(value);
        var kept = new List<object?>();
        for (var i = 0; i < items.Count; i++)
        {
            Meter.Step();
            if (holds(read(items[i])) == wanted) kept.Add(items[i]);
        }

        Meter.ChargeItems(kept.Count);
        return new Generator(filter, kept);
    }

    /// <summary>The items, of which a false value such as none has none.</summary>
    static IReadOnlyList<object?> Walked(object? value) => Value.IsTrue(value) ? Iteration.Over(value) : [];

    static string Name(object? value) => value as string ?? throw TemplateFailure.Type(
        $"the name of a filter or test must be a text, not {Value.TypeName(value)}");
}
