using Quern.Jinja.Values;

namespace Quern.Jinja;

/// <summary>The functions that every template has.</summary>
static class BuiltIns
{
    public static Globals Make()
    {
        var globals = new Globals();
        globals.Add(new Function("range", Range));
        globals.Add(new Function("dict", MakeDict));
        globals.Add(new Function("namespace", MakeNamespace));
        globals.Add(new Function("cycler", arguments => new Cycler([.. arguments.Positional])));
        globals.Add(new Function("joiner", arguments => new Joiner(arguments.Bind("joiner", 0, "sep").Or(0, ", "))));
        return globals;
    }

    static RangeValue Range(Arguments arguments)
    {
        var bound = arguments.Bind("range", 1, "start", "stop", "step");
        var limit = arguments.Rendering.Environment.Limits.RangeItems;
        return bound.Has(1)
            ? RangeValue.Of(bound.Whole(0), bound.Whole(1), bound.Whole(2, 1), limit)
            : RangeValue.Of(0, bound.Whole(0), 1, limit);
    }

    static Dict MakeDict(Arguments arguments)
    {
        var dict = new Dict();
        if (arguments.Positional.Count > 1)
            throw TemplateFailure.Arguments("dict() takes at most 1 argument by position");
        if (arguments.Positional.Count == 1) Methods.DictMethods.Update(dict, arguments.Positional[0]);
        Methods.DictMethods.Update(dict, arguments.NamedAsDict());
        return dict;
    }

    static Namespace MakeNamespace(Arguments arguments)
    {
        var made = new Namespace();
        foreach (var (name, value) in MakeDict(arguments))
        {
            if (name is not string attribute) throw TemplateFailure.Type("the names of a namespace must be texts");
            made.TrySetAttribute(attribute, value);
        }

        return made;
    }
}
