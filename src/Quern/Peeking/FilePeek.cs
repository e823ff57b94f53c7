using Quern.Budget;
using Quern.Csv.Inference;
using Quern.Files;

namespace Quern.Peeking;

/// <summary>Looks into a file: what its columns are, how many rows there are when that is known without reading them, and the first
/// ones. Tells formats by their first bytes.</summary>
public static class FilePeek
{
    static readonly string[] Endings = [.. CsvInference.Endings, ".parquet", ".arrow", ".arrows", ".feather", ".ipc", ".duckdb", ".sqlite", ".sqlite3"];

    enum Format
    {
        Csv,
        Parquet,
        DuckDb,
        Arrow,
        Sqlite,
        Json,
    }

    /// <summary>Looks.</summary>
    /// <param name="request">Where.</param>
    /// <param name="memory">The process's memory.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="QuernException">QN2001 to QN2015: the file cannot be found or read; QN4010: the database has no such table;
    /// QN4012: JSON; QN4013: files of several kinds; QN8103, exit code 5: another process has the database open.</exception>
    public static Preview Look(PeekRequest request, MemoryLedger memory, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Input == CsvInference.StandardInput) return new CsvPeek(request, cancel).OfStandardInput();
        var (input, table) = Split(request);
        var files = InputFiles.Find(request.BaseDirectory, [input], Endings, cancel);
        var format = FormatOf(files[0]);
        foreach (var other in files.Skip(1))
        {
            cancel.ThrowIfCancellationRequested();
            var kind = FormatOf(other);
            if (kind != format || IsDatabase(kind)) throw Mixed(request.Input, (files[0], format), (other, kind));
        }
        if (table is not null && !IsDatabase(format)) InputFiles.Find(request.BaseDirectory, [request.Input], null, cancel);
        return format switch
        {
            Format.Parquet => new EnginePeek(request, memory, cancel).OfParquet(files),
            Format.Json when request.Hints.Delimiter is null => throw IsJson(files[0]),
            Format.DuckDb => new EnginePeek(request, memory, cancel).OfDatabase(files[0], table),
            Format.Sqlite => new EnginePeek(request, memory, cancel).OfSqlite(files[0], table),
            Format.Arrow => new EnginePeek(request, memory, cancel).OfArrow(files),
            _ => new CsvPeek(request, cancel).OfFiles(files),
        };
    }

    // A path that exists is taken as it is, also with a colon in its name.
    static (string File, string? Table) Split(PeekRequest request)
    {
        var colon = request.Input.LastIndexOf(':');
        if (colon <= 0 || Path.Exists(Path.GetFullPath(request.Input, request.BaseDirectory))) return (request.Input, null);
        var file = request.Input[..colon];
        return File.Exists(Path.GetFullPath(file, request.BaseDirectory)) ? (file, request.Input[(colon + 1)..]) : (request.Input, null);
    }

    static Format FormatOf(InputFile file)
    {
        var head = FormatMarks.Head(file);
        if (FormatMarks.IsParquet(head)) return Format.Parquet;
        if (FormatMarks.IsArrow(head)) return Format.Arrow;
        if (FormatMarks.IsDuckDb(head)) return Format.DuckDb;
        if (FormatMarks.IsSqlite(head)) return Format.Sqlite;
        return BeginsJson(head) ? Format.Json : Format.Csv;
    }

    static bool IsDatabase(Format format) => format is Format.DuckDb or Format.Sqlite;

    // An object with a key, or an array of objects, arrays or texts.
    static bool BeginsJson(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) head = head[3..];
        head = head.TrimStart(" \t\r\n"u8);
        if (head.Length == 0 || head[0] is not ((byte)'{' or (byte)'[')) return false;
        var inner = head[1..].TrimStart(" \t\r\n"u8);
        if (inner.Length == 0) return false;
        return head[0] == '{' ? inner[0] is (byte)'"' or (byte)'}' : inner[0] is (byte)'{' or (byte)'[' or (byte)'"';
    }

    static QuernException IsJson(InputFile file) => new(new Fault("QN4012", "the file is JSON, which is not looked into")
    {
        Where = file.Name,
        Wanted = "CSV, Parquet, Arrow IPC, DuckDB or SQLite",
        Try = ["--delimiter ,     if it is CSV all the same"],
    });

    static QuernException Mixed(string input, (InputFile File, Format Format) one, (InputFile File, Format Format) other) => new(new Fault(
        "QN4013", one.Format == other.Format ? "the files are several databases" : "the files are of several kinds")
    {
        Where = input,
        Value = $"{one.File.Name} is {Name(one.Format)}, {other.File.Name} {Name(other.Format)}",
        Wanted = "files of one kind, or one database",
        Try = ["a glob such as 'folder/*.parquet'"],
    });

    static string Name(Format format) => format switch
    {
        Format.DuckDb => "DuckDB",
        Format.Sqlite => "SQLite",
        Format.Csv => "CSV",
        Format.Json => "JSON",
        _ => format.ToString(),
    };
}
