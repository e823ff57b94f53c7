namespace Quern.Projects;

/// <summary>A model as SQL.</summary>
/// <param name="Name">Its name, and that of the relation it makes.</param>
/// <param name="Path">Its file, from the project's folder.</param>
/// <param name="Materialization">How it lands.</param>
/// <param name="Sql">The rendered text: one SELECT.</param>
/// <param name="DependsOn">Names of the models it reads, in order of appearance.</param>
public sealed record CompiledModel(
    string Name, string Path, Materialization Materialization, string Sql, IReadOnlyList<string> DependsOn);
