using Quern.Jinja;

namespace Quern.Projects.Context;

/// <summary>A macro of a project, package or the library.</summary>
/// <param name="Id"><c>macro.package.name</c>; of a test block <c>macro.package.test_name</c>.</param>
/// <param name="Package">Its package; the library's is <c>dbt</c>.</param>
/// <param name="File">Its file from the package's folder.</param>
/// <param name="Macro">The macro.</param>
public sealed record ProjectMacro(string Id, string Package, string File, Macro Macro)
{
    /// <summary>Its name without its package.</summary>
    public string Name => Macro.Name;
}
