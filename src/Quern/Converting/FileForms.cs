using Quern.Csv.Inference;
using Quern.Files;

namespace Quern.Converting;

/// <summary>Which kind a file is.</summary>
static class FileForms
{
    /// <summary>A form as messages name it.</summary>
    public static string Name(FileForm form) => form switch
    {
        FileForm.Csv => "CSV",
        FileForm.DuckDb => "DuckDB",
        FileForm.Arrow => "Arrow IPC",
        FileForm.Sqlite => "SQLite",
        _ => form.ToString(),
    };

    /// <summary>Endings and their kinds.</summary>
    public static IReadOnlyList<(string Ending, FileForm Form)> Endings { get; } =
    [
        .. CsvInference.Endings.Select(ending => (ending, FileForm.Csv)),
        (".parquet", FileForm.Parquet), (".pq", FileForm.Parquet),
        (".arrow", FileForm.Arrow), (".arrows", FileForm.Arrow), (".feather", FileForm.Arrow), (".ipc", FileForm.Arrow),
        (".duckdb", FileForm.DuckDb), (".ddb", FileForm.DuckDb), (".db", FileForm.DuckDb),
        (".sqlite", FileForm.Sqlite), (".sqlite3", FileForm.Sqlite),
    ];

    /// <summary>The kind that a name says; null when it says none.</summary>
    public static FileForm? ByName(string path)
    {
        foreach (var (ending, form) in Endings)
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return form;
        return null;
    }

    /// <summary>The kind of a file: what its name says, or else its first bytes; <c>.db</c> is the name of two kinds.</summary>
    public static FileForm Of(InputFile file) => ByName(file.Path) switch
    {
        null => ByContent(file),
        FileForm.DuckDb when FormatMarks.IsSqlite(FormatMarks.Head(file)) => FileForm.Sqlite,
        { } named => named,
    };

    /// <summary>The kind that a file's first bytes say; CSV when they say none.</summary>
    public static FileForm ByContent(InputFile file)
    {
        var head = FormatMarks.Head(file);
        if (FormatMarks.IsParquet(head)) return FileForm.Parquet;
        if (FormatMarks.IsArrow(head)) return FileForm.Arrow;
        if (FormatMarks.IsSqlite(head)) return FileForm.Sqlite;
        return FormatMarks.IsDuckDb(head) ? FileForm.DuckDb : FileForm.Csv;
    }
}
