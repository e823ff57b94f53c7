namespace Quern.Projects;

/// <summary>A model as SQL.</summary>
/// <param name="Name">Its name, and that of the relation it makes.</param>
/// <param name="Path">Its file, from the project's folder.</param>
/// <param name="Materialization">How it lands.</param>
/// <param name="Sql">The rendered text: one SELECT.</param>
/// <param name="DependsOn">Names of the models it reads, in order of appearance.</param>
/// <param name="BatchColumn">The column by whose values it can be built part by part; null when it is built whole.</param>
public sealed record CompiledModel(
    string Name, string Path, Materialization Materialization, string Sql, IReadOnlyList<string> DependsOn, string? BatchColumn = null)
{
    /// <summary>What stands in <see cref="Sql"/> where the condition of a batch belongs: <c>batch(column)</c> in the template.</summary>
    internal const string BatchMark = "/*batch*/ true";

    /// <summary>The SQL of one batch.</summary>
    /// <param name="condition">An SQL condition on <see cref="BatchColumn"/>.</param>
    public string SqlOf(string condition) => Sql.Replace(BatchMark, condition, StringComparison.Ordinal);
}
