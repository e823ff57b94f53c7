using System.Text.Json;

namespace Quern.Rollups.Queries;

/// <summary>A query as it was given.</summary>
/// <param name="Name">What its result is called: the name of its file, or q1, q2, ... of a list.</param>
/// <param name="Source">What messages call the place it comes from.</param>
/// <param name="Json">The query, of the JSON grammar; null for SQL.</param>
/// <param name="Sql">The query, of the SQL subset; null for JSON.</param>
sealed record QueryText(string Name, string Source, JsonElement? Json, string? Sql);
