using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary><c>flags</c>: what the command line and the project's flags say, under dbt's names.</summary>
static class FlagValues
{
    public static Dict Of(Invocation invocation)
    {
        var flags = new Dict();
        foreach (var (name, value) in invocation.Arguments) flags[PythonText.Of(name).ToUpperInvariant()] = value;
        flags["WHICH"] = invocation.Which;
        flags["FULL_REFRESH"] = invocation.FullRefresh;
        flags["STORE_FAILURES"] = invocation.StoreFailures ?? false;
        flags["EMPTY"] = invocation.Empty;
        flags["FAIL_FAST"] = invocation.FailFast;
        flags["WARN_ERROR"] = invocation.WarnError;
        flags["PROJECT_DIR"] = invocation.ProjectFolder;
        return flags;
    }
}
