using Quern.Yaml;

namespace Quern.Projects.Reading;

/// <summary>A generic test as it stands in YAML.</summary>
/// <param name="Entry">Its name, or a mapping of it to its arguments.</param>
/// <param name="Column">The column it stands at; null at the resource itself.</param>
/// <param name="Tags">Tags of the column.</param>
/// <param name="QuoteColumn">Whether the column's name is always quoted.</param>
sealed record TestEntry(YamlNode Entry, string? Column, IReadOnlyList<string> Tags, bool QuoteColumn);
