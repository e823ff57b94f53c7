using Quern.Chunks;
using Quern.Delivery.Sqlite.Native;

namespace Quern.Delivery.Sqlite;

/// <summary>The columns of a table in a database, and whether they hold what comes as it is.</summary>
static class ExistingColumns
{
    /// <summary>Names and declared types, and whether the column is computed; empty when there is no such table.</summary>
    public static List<(string Name, string Type, bool Computed)> Read(SqliteConnection connection, string table)
    {
        using var info = connection.Prepare($"select name, type, hidden from pragma_table_xinfo({SqliteName.Text(table)})");
        var columns = new List<(string, string, bool)>();
        while (info.Step()) columns.Add((info.Text(0)!, info.Text(1) ?? "", info.Number(2) != 0));
        return columns;
    }

    /// <summary>Those that a table does not have, with their types.</summary>
    public static List<(string Name, string Type)> Missing(SqliteConnection connection, SqliteTable table)
    {
        var found = Read(connection, table.Name);
        return [.. table.Rows.Columns.Select((c, i) => (c.Name, table.TypeOf(i)))
            .Where(c => !found.Exists(f => f.Name.Equals(c.Name, StringComparison.OrdinalIgnoreCase)))];
    }

    /// <summary>Those that are missing, or would change what is put into them, with the type that is wanted.</summary>
    public static List<string> Wrong(SqliteConnection connection, SqliteTable table)
    {
        var found = Read(connection, table.Name);
        var listed = $"select strict from pragma_table_list where schema = 'main' and name = {SqliteName.Text(table.Name)}";
        var strict = connection.Number(listed) != 0;
        var wrong = new List<string>();
        for (var i = 0; i < table.Rows.Count; i++)
        {
            var (name, wanted) = (table.Rows[i].Name, table.TypeOf(i));
            var there = found.Find(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && !c.Computed);
            if (there.Name is null || !Holds(there.Type, wanted, table.Rows[i].Type, strict)) wrong.Add($"{name} {wanted}");
        }
        return wrong;
    }

    /// <summary>A column of another affinity changes values: '0123' becomes 123, and a large whole number another.</summary>
    static bool Holds(string declared, string wanted, LogicalType type, bool strict)
    {
        if (strict && declared.Equals("ANY", StringComparison.OrdinalIgnoreCase)) return true;
        var affinity = SqliteTypes.Affinity(declared);
        // A double has 53 bits: it holds whole numbers of 32.
        if (affinity == SqliteTypes.Real && wanted == SqliteTypes.Integer) return type.Width <= sizeof(int);
        // Where texts are turned into numbers, whole numbers stay what they are.
        return affinity == wanted || affinity == SqliteTypes.Blob
            || (wanted is SqliteTypes.Integer or SqliteTypes.Blob && affinity == "NUMERIC");
    }
}
