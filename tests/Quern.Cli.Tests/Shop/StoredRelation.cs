namespace Quern.Cli.Tests.Shop;

/// <summary>A table or view with everything in it.</summary>
/// <param name="Type"><c>table</c> or <c>view</c>.</param>
/// <param name="Columns">Name and type of each column, in order.</param>
/// <param name="Rows">Each row on a line, sorted.</param>
sealed record StoredRelation(string Type, IReadOnlyList<string> Columns, IReadOnlyList<string> Rows)
{
    /// <summary>A row on a line.</summary>
    public static string Line(IEnumerable<string?> values) => string.Join(" | ", values.Select(v => v is null ? "NULL" : $"'{v}'"));

    /// <summary>Everything in it, a line each: equal texts mean equal relations.</summary>
    public string Text => $"{Type}\n{string.Join(", ", Columns)}\n{string.Join('\n', Rows)}";
}
