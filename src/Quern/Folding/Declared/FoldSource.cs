namespace Quern.Folding.Declared;

/// <summary>Files of one kind and what their columns are.</summary>
/// <param name="Name">What queries call it after <c>from</c>.</param>
/// <param name="Files">Paths and globs, from the project's folder or absolute.</param>
/// <param name="Columns">All columns of the files, in their order.</param>
sealed record FoldSource(string Name, IReadOnlyList<string> Files, IReadOnlyList<SourceColumn> Columns);
