using Quern.Files;

namespace Quern.Converting.Sources;

/// <summary>Which table of a database is meant.</summary>
static class TableChoice
{
    /// <summary>The one that is named, or the only one.</summary>
    /// <param name="file">The database.</param>
    /// <param name="tables">Its tables.</param>
    /// <param name="table">The name that was given; null for the only one.</param>
    /// <exception cref="QuernException">QN1141 none was named, and there is not one alone; QN1142 there is none of this name.</exception>
    public static string Of(InputFile file, IReadOnlyList<string> tables, string? table) => table is null
        ? Only(file, tables)
        : tables.FirstOrDefault(t => t.Equals(table, StringComparison.OrdinalIgnoreCase)) ?? throw NoTable(file, tables, table);

    static string Only(InputFile file, IReadOnlyList<string> tables) => tables is [var only] ? only : throw new QuernException(new Fault(
        "QN1141", "the database has more or fewer than one table")
    {
        Where = file.Name,
        Value = tables.Count == 0 ? "no table" : string.Join(", ", tables.Take(10)),
        Wanted = "the name of one, behind a colon",
        Try = [$"{file.Name}:{(tables.Count > 0 ? tables[0] : "TABLE")}", $"quern peek {file.Name}     lists its tables"],
        ExitCode = ExitCode.Usage,
    });

    static QuernException NoTable(InputFile file, IReadOnlyList<string> tables, string table) => new(new Fault(
        "QN1142", "the database has no such table")
    {
        Where = file.Name,
        Value = $"\"{table}\"",
        Try = NearestName.Of(table, tables) is { } near ? [$"{file.Name}:{near}"] : [$"quern peek {file.Name}     lists its tables"],
        ExitCode = ExitCode.Usage,
    });
}
