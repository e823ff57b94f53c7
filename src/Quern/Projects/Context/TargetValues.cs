using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary><c>target</c>: the fields of the profile's output.</summary>
static class TargetValues
{
    public static Dict Of(Target target)
    {
        var values = new Dict();
        foreach (var (name, value) in target.Values) values[name] = value;
        values["profile_name"] = target.ProfileName;
        values["name"] = values["target_name"] = target.Name;
        values["type"] = "duckdb";
        values["database"] = values["dbname"] = target.Database;
        values["schema"] = target.Schema;
        values["threads"] = (long)target.Threads;
        values["path"] = target.Path;
        return values;
    }
}
