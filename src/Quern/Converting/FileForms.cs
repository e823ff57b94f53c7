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
        _ => form.ToString(),
    };

    /// <summary>Endings and their kinds.</summary>
    public static IReadOnlyList<(string Ending, FileForm Form)> Endings { get; } =
    [
        (".csv", FileForm.Csv), (".tsv", FileForm.Csv), (".txt", FileForm.Csv),
        (".csv.gz", FileForm.Csv), (".tsv.gz", FileForm.Csv), (".txt.gz", FileForm.Csv),
        (".csv.zst", FileForm.Csv), (".tsv.zst", FileForm.Csv), (".txt.zst", FileForm.Csv),
        (".parquet", FileForm.Parquet), (".pq", FileForm.Parquet),
        (".arrow", FileForm.Arrow), (".arrows", FileForm.Arrow), (".feather", FileForm.Arrow), (".ipc", FileForm.Arrow),
        (".duckdb", FileForm.DuckDb), (".ddb", FileForm.DuckDb), (".db", FileForm.DuckDb),
    ];

    /// <summary>The kind that a name says; null when it says none.</summary>
    public static FileForm? ByName(string path)
    {
        foreach (var (ending, form) in Endings)
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return form;
        return null;
    }

    /// <summary>The kind that a file's first bytes say; CSV when they say none.</summary>
    public static FileForm ByContent(InputFile file)
    {
        Span<byte> head = stackalloc byte[12];
        using var stream = FileBytes.Open(file.Path, file.Name);
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (head.StartsWith("PAR1"u8)) return FileForm.Parquet;
        if (head.StartsWith("ARROW1"u8)) return FileForm.Arrow;
        // The main header: 8 bytes of checksum, then the magic bytes (DuckDB storage format).
        return head.Length == 12 && head[8..].SequenceEqual("DUCK"u8) ? FileForm.DuckDb : FileForm.Csv;
    }
}
