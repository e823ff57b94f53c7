using Quern.Budget;
using Quern.Csv.Inference;
using Quern.Files;

namespace Quern.Peeking;

/// <summary>Looks into a file: what its columns are, how many rows there are when that is known without reading them, and the first
/// ones. Tells formats by their first bytes.</summary>
public static class FilePeek
{
    const int MagicBytes = 12;

    enum Format
    {
        Csv,
        Parquet,
        DuckDb,
        Arrow,
    }

    /// <summary>Looks.</summary>
    /// <param name="request">Where.</param>
    /// <param name="memory">The process's memory.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="QuernException">QN2001 to QN2015: the file cannot be found or read; QN4010: the database has no such table.</exception>
    public static Preview Look(PeekRequest request, MemoryLedger memory, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Input == CsvInference.StandardInput) return new CsvPeek(request, cancel).OfStandardInput();
        var (input, table) = Split(request);
        var files = InputFiles.Find(request.BaseDirectory, [input], CsvInference.Endings, cancel);
        var format = FormatOf(files[0]);
        if (table is not null && format != Format.DuckDb) InputFiles.Find(request.BaseDirectory, [request.Input], null, cancel);
        return format switch
        {
            Format.Parquet => new EnginePeek(request, memory, cancel).OfParquet(files[0]),
            Format.DuckDb => new EnginePeek(request, memory, cancel).OfDatabase(files[0], table),
            Format.Arrow => new EnginePeek(request, memory, cancel).OfArrow(files[0]),
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
        Span<byte> magic = stackalloc byte[MagicBytes];
        using var bytes = FileBytes.Open(file.Path, file.Name);
        magic = magic[..bytes.ReadAtLeast(magic, MagicBytes, throwOnEndOfStream: false)];
        if (magic.StartsWith("PAR1"u8)) return Format.Parquet;
        // A stream begins with the mark of a message.
        if (magic.StartsWith("ARROW1"u8) || magic.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFF, 0xFF, 0xFF])) return Format.Arrow;
        return magic.Length == MagicBytes && magic[8..].SequenceEqual("DUCK"u8) ? Format.DuckDb : Format.Csv;
    }
}
