using System.Globalization;
using Quern.Chunks;
using Quern.Csv;
using Quern.Csv.Inference;
using Quern.Csv.Schemas;
using Quern.Files;
using Quern.Projects.Nodes;

namespace Quern.Projects.CsvSources;

/// <summary>CSV files that a source of a project names by their path. What they are is found out by the first statement that reads
/// them, and again when they have changed since: a model may write them meanwhile.</summary>
/// <param name="path">The path or glob as it stands in SQL.</param>
/// <param name="table">The table of the source; the first, where several name the path.</param>
sealed class CsvSource(string path, SourceTable table)
{
    /// <summary>Up to so many bytes every row is looked at, not a sample.</summary>
    public const long MostLookedThrough = 64 << 20;

    /// <summary>Bytes of each of the three parts of a sample: more rows than the engine would look at.</summary>
    const int PartBytes = 4 << 20;

    readonly Lock _lock = new();
    readonly Dictionary<string, ColumnInfo> _declared = table.Columns.Values.Where(c => TypeOf(c) is not null)
        .ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);
    IReadOnlyList<InputFile> _files = [];
    CsvRead? _read;

    /// <summary>The path or glob as it stands in SQL.</summary>
    public string Path => path;

    /// <summary>How often its files were looked at.</summary>
    public int Looks { get; private set; }

    /// <summary>The source, and where it is declared.</summary>
    public string Name { get; } =
        string.Create(CultureInfo.InvariantCulture, $"source {table.Source}.{table.Name} ({table.File}:{table.Line})");

    /// <summary>How the files that are there now are read.</summary>
    /// <param name="folder">Absolute path that the path begins at.</param>
    /// <param name="threads">Threads that may look at cells.</param>
    /// <param name="cancel">Ends the look at them.</param>
    /// <exception cref="QuernException">A file is not there, cannot be read, or is no CSV: with the place of the source.</exception>
    public CsvRead Read(string folder, int threads, CancellationToken cancel)
    {
        lock (_lock)
        {
            try
            {
                var files = InputFiles.Find(folder, [path], cancel: cancel);
                if (_read is not null && files.Select(Stamp).SequenceEqual(_files.Select(Stamp))) return _read;
                _read = null;
                Looks++;
                _read = Look(files, folder, threads, cancel);
                _files = files;
                return _read;
            }
            catch (QuernException e)
            {
                throw Placed(e);
            }
        }
    }

    /// <summary>A fault of reading the files, with the place of the source.</summary>
    public QuernException Placed(QuernException e)
    {
        if (e.Fault.Where?.EndsWith(Name, StringComparison.Ordinal) == true) return e;
        var isCell = e.Fault.Code == "QN3001";
        return new QuernException(
            e.Fault with
            {
                Where = e.Fault.Where is { } where ? $"{where}, of {Name}" : Name,
                Try = isCell ? ["correct the cell", $"declare another `data_type` for the column in {table.File}"] : e.Fault.Try,
            },
            e);
    }

    CsvRead Look(IReadOnlyList<InputFile> files, string folder, int threads, CancellationToken cancel)
    {
        var found = CsvInference.Look(
            files,
            new InferenceRequest
            {
                BaseDirectory = folder,
                Inputs = [path],
                // Only an empty cell is NULL, as for the engine.
                Hints = new CsvHints { Nulls = [""] },
                All = files.Sum(file => file.SizeBytes) <= MostLookedThrough,
                PartBytes = PartBytes,
                Threads = threads,
            },
            cancel);
        var schema = found.Schema;
        var cells = schema.Columns.Where(c => !c.Partition).Select(Column);
        var partitions = schema.Columns.Where(c => c.Partition).Select(Column).OrderBy(c => c.Name, StringComparer.Ordinal);
        var read = (schema with { Columns = [.. cells, .. partitions] }).ToRead([.. files.Select(file => new CsvFile(file.Path, file.Name))]);
        return read with { Columns = EngineNames.Of(read.Columns, found.Layouts) };
    }

    SchemaColumn Column(SchemaColumn column)
    {
        if (!_declared.TryGetValue(column.Name, out var said)) return column with { Type = EngineTypes.Of(column.Type) };
        var type = TypeOf(said)!;
        return column with { Type = type, Format = said.Meta["format"] as string ?? (IsMoment(type) ? column.Format : null) };
    }

    static bool IsMoment(LogicalType type) => Csv.Values.CellTypes.HasPatterns(type.Kind);

    // A type that no cell can be, such as a list, says nothing about the file.
    static LogicalType? TypeOf(ColumnInfo column) =>
        column.DataType is { } text && LogicalType.TryParse(text, out var type) && Csv.Values.CellTypes.Has(type) ? type : null;

    static (string, long, DateTimeOffset) Stamp(InputFile file) => (file.Path, file.SizeBytes, file.Modified);
}
