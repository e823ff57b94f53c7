namespace Quern.Projects;

/// <summary>Reads a project with its packages and parses everything in it.</summary>
public static class ProjectLoader
{
    /// <summary>Reads dbt_project.yml, packages and profiles.yml, loads macros, parses nodes and YAML, and links them.</summary>
    /// <exception cref="QuernException">Exit code 2: the project, a profile, a template or a reference is not right.</exception>
    public static LoadedProject Load(Invocation invocation, CancellationToken cancel = default) => throw new NotImplementedException();
}
