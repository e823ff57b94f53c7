using System.Globalization;
using Quern.Chunks;
using Quern.Csv;
using Quern.Csv.Schemas;
using Quern.Duck;
using Quern.Files;
using Quern.Running;

namespace Quern.Converting.Sources;

/// <summary>CSV files, read by a schema.</summary>
/// <param name="files">The files; empty for standard input.</param>
/// <param name="schema">What they are.</param>
/// <param name="schemaFrom">Who says so: a file, or what was looked at.</param>
/// <param name="rejects">Where rows go that cannot be read; null when the first one ends the run.</param>
sealed class CsvSource(IReadOnlyList<InputFile> files, CsvSchema schema, string schemaFrom, CsvRejects? rejects) : Source
{
    const string View = "quern_input";

    readonly CsvCounts _counts = new(schema.Columns.Count);
    CsvRead? _read;

    /// <inheritdoc/>
    public override string Kind => "CSV";

    /// <inheritdoc/>
    public override IReadOnlyList<InputFile> Files => files;

    /// <inheritdoc/>
    public override Schema Schema { get; } = new([.. schema.Columns.Select(c => new Column(c.Name, c.Type))]);

    /// <inheritdoc/>
    public override long Rejected => rejects?.Rows ?? 0;

    /// <inheritdoc/>
    public override string Open(DuckSession session, Reading reading)
    {
        _read = schema.ToRead([.. files.Select(f => new CsvFile(f.Path, f.Name))]) with
        {
            BytesRead = reading.BytesRead,
            Counts = _counts,
            Rejects = rejects,
        };
        rejects?.Expect(Bytes);
        session.Register(new CsvView(View, _read, reading.Threads, reading.InOrder));
        return $"{View}()";
    }

    /// <inheritdoc/>
    public override long CountRows(DuckSession session, CancellationToken cancel) => _counts.Read;

    /// <inheritdoc/>
    public override void Judge(Run run)
    {
        rejects?.Judge();
        foreach (var (code, rows) in rejects?.ByCode ?? new Dictionary<string, long>())
            run.Warn(code, "rows that cannot be read are set aside", rows);
        for (var i = 0; i < schema.Columns.Count; i++)
            if (_counts.Bad(i) is > 0 and var bad) run.Warn("QN3001", $"values of \"{schema.Columns[i].Name}\" that do not fit are {Stand(schema.Columns[i])}", bad);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Lines()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"schema of {schema.Columns.Count} columns from {schemaFrom}");
        foreach (var column in schema.Columns)
            yield return $"  {column.Name} {column.Type}{(column.Format is null ? "" : $" {column.Format}")}";
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        rejects?.Dispose();
        base.Dispose();
    }

    static string Stand(SchemaColumn column) => column.OnBad == OnBad.Null ? "NULL" : "0";
}
