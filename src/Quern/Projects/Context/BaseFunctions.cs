using Quern.Jinja;
using Quern.Jinja.Values;
using Quern.Projects.Context.Modules;

namespace Quern.Projects.Context;

/// <summary>The functions and values that templates see everywhere, YAML files among it.</summary>
static class BaseFunctions
{
    /// <summary>The release of dbt whose behaviour is followed: what <c>dbt_version</c> says.</summary>
    public const string DbtVersion = "1.10.23";

    public static void AddTo(Globals names, Invocation invocation)
    {
        names.Add(new Function("log", arguments => Log(arguments, invocation)));
        names.Add(new Function("print", arguments =>
        {
            invocation.Log(PythonText.Of(arguments.Bind("print", 1, "msg")[0]), true);
            return "";
        }));
        foreach (var function in Conversions.All) names.Add(function);
        names["modules"] = ModuleTable.Make(invocation.Time);
        names["invocation_id"] = invocation.Id.ToString("D");
        names["run_started_at"] = invocation.StartedAt.ToUniversalTime();
        names["dbt_version"] = DbtVersion;
        names["invocation_args_dict"] = invocation.Arguments;
        names["dbt_metadata_envs"] = new Dict();
        names["thread_id"] = "MainThread";
        names["flags"] = FlagValues.Of(invocation);
    }

    static object Log(Arguments arguments, Invocation invocation)
    {
        var bound = arguments.Bind("log", 1, "msg", "info");
        invocation.Log(PythonText.Of(bound[0]), bound.Flag(1));
        return "";
    }
}
