namespace Quern.Projects;

/// <summary>A template file of a project.</summary>
/// <param name="Path">Path from the project's folder: <c>models/staging/orders.sql</c>.</param>
/// <param name="PathInRoot">Path from the model or macro path: <c>staging/orders.sql</c>.</param>
/// <param name="Text">Its text without blanks at both ends, as dbt reads files (models specification section 1.2).</param>
public sealed record ProjectFile(string Path, string PathInRoot, string Text)
{
    /// <summary>File name without its ending: the name of a model.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The folders between the root and the file.</summary>
    public IReadOnlyList<string> Folders => PathInRoot.Split('/')[..^1];
}
