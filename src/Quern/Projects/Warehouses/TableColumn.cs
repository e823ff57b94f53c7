namespace Quern.Projects.Warehouses;

/// <summary>A column of a relation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as DuckDB prints it: <c>DECIMAL(14,2)</c>.</param>
public sealed record TableColumn(string Name, string Type);
