namespace Quern.Projects;

/// <summary>A file of templates of a package.</summary>
/// <param name="File">Path from the package's folder: <c>models/staging/orders.sql</c>.</param>
/// <param name="PathInRoot">Path from the model or macro path: <c>staging/orders.sql</c>.</param>
/// <param name="Text">Its text without blanks at both ends, as dbt reads files (specification section 1.2).</param>
public sealed record TemplateFile(string File, string PathInRoot, string Text);
