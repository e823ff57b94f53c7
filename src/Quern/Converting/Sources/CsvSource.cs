using System.Globalization;
using Quern.Chunks;
using Quern.Csv;
using Quern.Csv.Inference;
using Quern.Csv.Schemas;
using Quern.Delivery;
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
    const int MostShown = 20;

    readonly CsvCounts _counts = new(schema.Columns.Count);
    int _opened;

    /// <summary>The command that keeps a schema that was found out; null when it was given.</summary>
    public string? KeepIt { get; init; }

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
        session.Register(new CsvView(View, Counted(reading), reading.Threads, reading.InOrder, CsvOrdered.BytesOf(reading.LimitBytes)));
        return Relation = $"{View}()";
    }

    /// <summary>What <see cref="Open"/> reads, for who reads it without the engine.</summary>
    public CsvRead Counted(Reading reading) => Read() with { BytesRead = reading.BytesRead, Counts = _counts, Rejects = rejects };

    /// <inheritdoc/>
    public override bool ComesAgain => files.All(f => f.Path != CsvInference.StandardInput);

    /// <inheritdoc/>
    public override string? OpenAgain(DuckSession session, int threads)
    {
        if (!ComesAgain) return null;
        var again = string.Create(CultureInfo.InvariantCulture, $"{View}_{++_opened}");
        session.Register(new CsvView(again, Read() with { Rejects = rejects is null ? null : new CsvRejects() }, threads));
        return $"{again}()";
    }

    /// <inheritdoc/>
    public override long MemoryBytes(int threads, long limitBytes) => CsvOrdered.MemoryBytes(threads, CsvOrdered.BytesOf(limitBytes));

    /// <inheritdoc/>
    public override CsvRejects? Rejects => rejects;

    /// <inheritdoc/>
    public override IEnumerable<RowPlace> Places(DuckDatabase database, IReadOnlyList<long> numbers) =>
        RowPlaces.Find(Read() with { Rejects = rejects }, numbers).Select(row => new RowPlace(
            row.File.Path, row.File.Name, string.Create(CultureInfo.InvariantCulture, $"{row.File.Name} line {row.Line:N0} (byte {row.At:N0})"))
        {
            Line = row.Line,
            Byte = row.At,
            Raw = row.Raw,
        });

    /// <inheritdoc/>
    public override void Restart()
    {
        _counts.Clear();
        rejects?.Clear();
    }

    /// <inheritdoc/>
    public override void Complete() => rejects?.Complete();

    /// <inheritdoc/>
    public override IEnumerable<string> Findings
    {
        get
        {
            if (KeepIt is null) yield break;
            yield return $"types of {Name}, found out from {schemaFrom}:";
            foreach (var sentence in schema.Evidence?.Dialect.Where(s => s.StartsWith("encoding ", StringComparison.Ordinal)) ?? [])
                yield return $"  {sentence}";
            var widest = schema.Columns.Take(MostShown).Max(c => c.Name.Length);
            foreach (var column in schema.Columns.Take(MostShown))
                yield return $"  {column.Name.PadRight(widest)}  {Shown(column)}{Rounded(column)}";
            if (schema.Columns.Count > MostShown)
                yield return string.Create(CultureInfo.InvariantCulture, $"  and {schema.Columns.Count - MostShown:N0} more columns");
            if (ComesAgain) yield return $"keep them: {KeepIt}";
        }
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
        {
            var column = schema.Columns[i];
            if (_counts.Bad(i) is > 0 and var bad)
                run.Warn("QN3001", $"values of \"{column.Name}\" that do not fit are {Stand(column)}", bad);
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Lines()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"schema of {schema.Columns.Count} columns from {schemaFrom}");
        foreach (var column in schema.Columns)
            yield return $"  {column.Name} {Shown(column)}";
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        rejects?.Dispose();
        base.Dispose();
    }

    CsvRead Read() => schema.ToRead([.. files.Select(f => new CsvFile(f.Path, f.Name))]);

    static string Shown(SchemaColumn column) => column.Format is null ? column.Type.ToString() : $"{column.Type} {column.Format}";

    /// <summary>Why a column is DOUBLE, where that takes digits away.</summary>
    static string Rounded(SchemaColumn column) =>
        column.Type.Kind == TypeKind.Double && column.Evidence?.Because is { } why ? $" ({why})" : "";

    static string Stand(SchemaColumn column) => column.OnBad == OnBad.Null ? "NULL" : "0";

    /// <inheritdoc/>
    public override bool ComesInOneStream => true;
}
