using Quern.Jinja.Values;

namespace Quern.Projects.Context.Modules;

/// <summary><c>modules</c>: the parts of Python's library that templates may use.</summary>
static class ModuleTable
{
    public static MemberObject Make(TimeProvider time) => new("modules", new Dictionary<string, object?>
    {
        ["datetime"] = DateTimeModule.Make(time),
        ["pytz"] = TimeZoneModule.Make(),
        ["re"] = RegexModule.Make(),
        ["itertools"] = ItertoolsModule.Make(),
    });

    /// <summary>A class of a module: called it makes a value, and it has functions and constants.</summary>
    public static ModuleClass Class(string name, Func<Jinja.Arguments, object?> make, params (string Name, object? Value)[] members) =>
        new(name, make, members.ToDictionary(m =>
            m.Name, m => m.Value is Func<Jinja.Arguments, object?> body ? new Function(m.Name, body) : m.Value));
}
