namespace Quern.Duck;

/// <summary>Names and texts as SQL spells them.</summary>
public static class SqlText
{
    /// <summary>A name in double quotes, so that any name can be used.</summary>
    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A qualified name, each part in double quotes; parts that are null are left out.</summary>
    public static string Identifier(string? catalog, string? schema, string name) =>
        string.Join('.', new[] { catalog, schema, name }.OfType<string>().Select(Identifier));

    /// <summary>A text in single quotes.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
