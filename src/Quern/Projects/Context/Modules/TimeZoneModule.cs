using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context.Modules;

/// <summary><c>modules.pytz</c>: time zones by their names in the tz database.</summary>
static class TimeZoneModule
{
    public static MemberObject Make() => new("module", new Dictionary<string, object?>
    {
        ["utc"] = ZoneValue.Utc,
        ["UTC"] = ZoneValue.Utc,
        ["timezone"] = new Function("timezone", arguments => Find(arguments.Bind("timezone", 1, "zone").Text(0))),
    });

    static ZoneValue Find(string name)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)) return new ZoneValue(name, zone);
        throw TemplateFailure.Value($"there is no time zone '{name}' on this machine",
            "names are those of the tz database: Europe/Copenhagen");
    }
}
