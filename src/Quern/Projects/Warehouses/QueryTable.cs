namespace Quern.Projects.Warehouses;

/// <summary>A small result held whole: what templates and tests read.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows; values as templates take them.</param>
public sealed record QueryTable(IReadOnlyList<TableColumn> Columns, IReadOnlyList<object?[]> Rows);
