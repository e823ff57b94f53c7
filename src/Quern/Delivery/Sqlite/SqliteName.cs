namespace Quern.Delivery.Sqlite;

/// <summary>Puts names and texts into SQL of SQLite, quoted so that they can be nothing else.</summary>
static class SqliteName
{
    /// <summary>An identifier: <c>"a ""b"""</c>.</summary>
    /// <exception cref="QuernException">QN8206: it holds a NUL, where SQL ends.</exception>
    public static string Of(string name)
    {
        if (!name.Contains('\0', StringComparison.Ordinal)) return $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        throw new QuernException(new Fault("QN8206", "SQLite refuses the table")
        {
            Where = name,
            Value = "a name holds a NUL character",
            Try = ["give the column another name in SQL"],
        });
    }

    /// <summary>Identifiers with commas between.</summary>
    public static string List(IEnumerable<string> names) => string.Join(", ", names.Select(Of));

    /// <summary>A text literal: <c>'it''s'</c>.</summary>
    public static string Text(string value) => value.Contains('\0', StringComparison.Ordinal)
        ? $"cast(x'{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(value))}' as text)"
        : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
