using System.Text;

namespace Quern.Delivery.Postgres.Typing;

/// <summary>A table's name in the server.</summary>
/// <param name="Schema">Its schema; null for the first of the search path.</param>
/// <param name="Table">The table.</param>
public sealed record TargetName(string? Schema, string Table)
{
    /// <summary>What the server keeps of a name, in bytes; it would cut longer ones, and they would collide.</summary>
    public const int MostBytes = 63;

    /// <summary>Reads <c>table</c>, <c>schema.table</c>; a part with dots is written in double quotes.</summary>
    /// <exception cref="QuernException">QN8262, exit code 2.</exception>
    public static TargetName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = new List<string>();
        for (var at = 0; at <= text.Length;)
        {
            var part = new StringBuilder();
            if (at < text.Length && text[at] == '"')
            {
                for (at++; at < text.Length; at++)
                {
                    if (text[at] != '"') part.Append(text[at]);
                    else if (at + 1 < text.Length && text[at + 1] == '"') part.Append(text[++at]);
                    else break;
                }
                if (at == text.Length) throw Wrong(text);
                at++;
            }
            else
            {
                for (; at < text.Length && text[at] != '.'; at++) part.Append(text[at]);
            }
            if (part.Length == 0 || (at < text.Length && text[at] != '.')) throw Wrong(text);
            parts.Add(part.ToString());
            at++;
        }
        if (parts.Count is 0 or > 2) throw Wrong(text);
        foreach (var part in parts) Check(part, "--table");
        return parts is [var schema, var table] ? new(schema, table) : new(null, parts[0]);
    }

    /// <summary>Refuses a name that the server would cut.</summary>
    /// <param name="name">The name.</param>
    /// <param name="where">What it is.</param>
    /// <exception cref="QuernException">QN8262, exit code 2.</exception>
    internal static void Check(string name, string where)
    {
        var bytes = Encoding.UTF8.GetByteCount(name);
        if (bytes is > 0 and <= MostBytes && !name.Contains('\0', StringComparison.Ordinal)) return;
        throw new QuernException(new Fault("QN8262", "PostgreSQL has no such names")
        {
            Where = where,
            Value = $"\"{name}\"",
            Wanted = FormattableString.Invariant($"1 to {MostBytes} bytes; this one has {bytes}"),
            Try = ["rename it: select \"the long name\" as short from ..."],
            ExitCode = ExitCode.Usage,
        });
    }

    /// <summary>As SQL says it, quoted.</summary>
    public string Sql => Quern.Duck.Sql.Name(null, Schema, Table);

    /// <summary>For people.</summary>
    public override string ToString() => Schema is null ? Table : $"{Schema}.{Table}";

    static QuernException Wrong(string text) => new(new Fault("QN8262", "not the name of a table")
    {
        Where = "--table",
        Value = $"\"{text}\"",
        Wanted = "TABLE or SCHEMA.TABLE; a part with a dot in double quotes",
        Try = ["--table public.entity"],
        ExitCode = ExitCode.Usage,
    });
}
