using Quern.Chunks;

namespace Quern.Delivery.Sqlite.Reading;

/// <summary>A column of a table in SQLite.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Declared">Its type as it was declared; empty when it was not.</param>
sealed record DeclaredColumn(string Name, string Declared)
{
    /// <summary>What the engine gets. A column without a type, and one of days or moments, for which SQLite has no type, may hold any
    /// value: it becomes text.</summary>
    public LogicalType Type => LogicalType.Of(SqliteTypes.Affinity(Declared) switch
    {
        SqliteTypes.Integer => TypeKind.BigInt,
        SqliteTypes.Real => TypeKind.Double,
        SqliteTypes.Text => TypeKind.Varchar,
        SqliteTypes.Blob => Declared.Length == 0 ? TypeKind.Varchar : TypeKind.Blob,
        _ when Says("BOOL") => TypeKind.Boolean,
        _ when IsAny => TypeKind.Varchar,
        _ => TypeKind.Double,
    });

    /// <summary>Numbers in it are texts for the engine.</summary>
    public bool IsAny => Declared.Length == 0 || (SqliteTypes.Affinity(Declared) == "NUMERIC"
        && (Says("DATE") || Says("TIME") || Declared.Equals("ANY", StringComparison.OrdinalIgnoreCase)));

    bool Says(string word) => Declared.Contains(word, StringComparison.OrdinalIgnoreCase);
}
