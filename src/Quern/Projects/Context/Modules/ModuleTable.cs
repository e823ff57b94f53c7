using System.Collections.Concurrent;
using Quern.Jinja.Values;

namespace Quern.Projects.Context.Modules;

/// <summary><c>modules</c>: the parts of Python's library that templates may use.</summary>
static class ModuleTable
{
    public static TemplateObject Make(TimeProvider time) => new Table(time);

    /// <summary>A class of a module: called it makes a value, and it has functions and constants.</summary>
    public static ModuleClass Class(string name, Func<Jinja.Arguments, object?> make, params (string Name, object? Value)[] members) =>
        new(name, make, Members(members));

    static Dictionary<string, object?> Members((string Name, object? Value)[] members)
    {
        var named = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in members) named[name] = value is Func<Jinja.Arguments, object?> body ? new Function(name, body) : value;
        return named;
    }

    // Each module is made when it is first asked for, which in most projects is never.
    sealed class Table(TimeProvider time) : TemplateObject
    {
        readonly ConcurrentDictionary<string, object?> _made = new(StringComparer.Ordinal);

        public override string TypeName => "modules";

        public override bool TryGetAttribute(string name, out object? value)
        {
            value = _made.GetOrAdd(name, Module);
            return value is not null;
        }

        object? Module(string name) => name switch
        {
            "datetime" => DateTimeModule.Make(time),
            "pytz" => TimeZoneModule.Make(),
            "re" => RegexModule.Make(),
            "itertools" => ItertoolsModule.Make(),
            _ => null,
        };
    }
}
