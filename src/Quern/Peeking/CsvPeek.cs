using System.Globalization;
using System.Text;
using Quern.Chunks;
using Quern.Csv;
using Quern.Csv.Inference;
using Quern.Csv.Schemas;
using Quern.Files;

namespace Quern.Peeking;

/// <summary>Looks into CSV: types as inference finds them, rows as they stand there.</summary>
sealed class CsvPeek(PeekRequest request, CancellationToken cancel)
{
    const int UsualRowBytes = 1 << 12;
    const int MostHeadBytes = 1 << 26;

    /// <summary>Bytes of a part of the sample: types of a few rows are enough here.</summary>
    const int PartBytes = 1 << 18;

    int HeadBytes => (int)Math.Clamp((long)request.Rows * UsualRowBytes, FileStart.DefaultBytes, MostHeadBytes);

    /// <summary>Looks into standard input, which is read no further than its head, unless statistics are asked for.</summary>
    public Preview OfStandardInput()
    {
        var files = CsvInference.Find(Inference(), cancel);
        // The head stays readable; statistics read all of it afterwards.
        var start = FileStart.Read(new CsvFile(files[0].Path, files[0].Name), request.Hints.Encoding, HeadBytes);
        var findings = CsvInference.Look(files, Inference() with { All = request.Stats }, cancel);
        return Preview(files[0].Name, findings, start) with { RowCount = Count(findings, start, 0).Count };
    }

    /// <summary>Looks into files; the rows are those of the first one.</summary>
    public Preview OfFiles(IReadOnlyList<InputFile> files)
    {
        var findings = CsvInference.Look(files, Inference() with { All = request.Stats }, cancel);
        var start = FileStart.Read(findings.Layouts[0].Start.File, findings.Layouts[0].Start.Guess.Encoding, HeadBytes);
        var name = EnginePeek.Name(files);
        var size = files.Sum(file => file.SizeBytes);
        var (count, isEstimate) = Count(findings, start, size);
        return Preview(name, findings, start) with { SizeBytes = size, RowCount = count, IsEstimate = isEstimate };
    }

    InferenceRequest Inference() => new()
    {
        BaseDirectory = request.BaseDirectory,
        Inputs = [request.Input],
        Hints = request.Hints,
        Threads = request.Threads,
        Measures = request.Stats,
        PartBytes = PartBytes,
        HeadBytes = HeadBytes,
        BytesRead = request.BytesRead,
    };

    static (long? Count, bool IsEstimate) Count(CsvFindings findings, FileStart start, long size)
    {
        var count = findings.Count;
        if (count.IsAll) return (count.Rows + count.Ragged, false);
        // Bytes of compressed files say nothing of their rows.
        var isPlain = findings.Layouts.All(layout => layout.Start.Plain);
        if (!isPlain || !start.Plain || count.Bytes == 0 || size == 0) return (null, false);
        return ((long)((count.Rows + count.Ragged) * ((double)size / count.Bytes)), true);
    }

    Preview Preview(string name, CsvFindings findings, FileStart start)
    {
        var schema = findings.Schema;
        var rows = request.Stats ? [] : Rows(schema, findings, start);
        // A head that holds fewer rows than were asked for is no file that has no more.
        var isCut = !request.Stats && rows.Count < request.Rows && !start.IsAll;
        var remarks = Remarks(schema, findings.Count, request.Stats);
        return new Preview(name, "CSV")
        {
            Remarks = isCut ? [.. remarks, Cut(rows.Count, start)] : remarks,
            Columns = [.. schema.Columns.Select((column, i) => Column(column, findings.Facts[i]))],
            Rows = rows,
            HasStats = request.Stats,
            StatsRows = findings.Count.Rows,
        };
    }

    static string[] Remarks(CsvSchema schema, ScanCount count, bool isStats)
    {
        var dialect = schema.Dialect;
        var rows = count is { IsAll: true, Ragged: 0 } ? "all rows"
            : string.Create(CultureInfo.InvariantCulture, $"{count.Rows:N0} row{(count.Rows == 1 ? "" : "s")}");
        return
        [
            $"delimiter {CsvByte.Shown(dialect.Delimiter)}",
            dialect.HasHeader ? "header" : "no header",
            .. EncodingOf(dialect),
            $"types from {rows}",
            .. count.Ragged > 0 && !isStats ? [Ragged(count)] : Array.Empty<string>(),
            .. schema.Evidence!.Damage.Where(
                sentence => isStats || count.Ragged == 0 || sentence.Contains("never closed", StringComparison.Ordinal)),
            .. schema.Evidence.Doubts,
        ];
    }

    /// <summary>The usual one is not worth a word.</summary>
    static string[] EncodingOf(CsvDialect dialect) =>
        dialect.EncodingByFile ? ["encodings differ"]
        : dialect.Encoding == CsvEncoding.Utf8 ? []
        : [EncodingNames.Of(dialect.Encoding)];

    static string Cut(int rows, FileStart start)
    {
        var shown = rows switch
        {
            0 => "no row is shown: the first does",
            1 => "only the first row is shown: more do",
            _ => string.Create(CultureInfo.InvariantCulture, $"only the first {rows:N0} rows are shown: more do"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{shown} not fit the {start.Bytes.Length:N0} bytes that are looked at");
    }

    static string Ragged(ScanCount count) => string.Create(
        CultureInfo.InvariantCulture,
        $"{count.Ragged:N0} ragged row{(count.Ragged == 1 ? "" : "s")}: cells that are missing show as NULL, further ones not at all");

    PeekColumn Column(SchemaColumn column, ColumnFacts facts)
    {
        var type = column.Format is null ? column.Type.ToString() : $"{column.Type} {column.Format}";
        if (!request.Stats || column.Evidence is not { } evidence) return new PeekColumn(column.Name, type);
        return new PeekColumn(column.Name, type)
        {
            Nulls = evidence.Nulls,
            Min = evidence.Min,
            Max = evidence.Max,
            Distinct = column.Type.Kind == TypeKind.Boolean
                ? new[] { evidence.Min, evidence.Max }.Where(text => text is not null).Distinct(StringComparer.Ordinal).Count()
                : Math.Min(facts.Distinct?.Estimate() ?? 0, evidence.Values),
        };
    }

    List<IReadOnlyList<string?>> Rows(CsvSchema schema, CsvFindings findings, FileStart start)
    {
        var names = findings.Layouts[0].Names;
        var partitions = HivePartitions.Of(start.File.Path);
        var positions = schema.Columns.Select(column => column.Partition ? -1 : Position(names, column.Name)).ToArray();
        var rows = new List<IReadOnlyList<string?>>();
        var splitter = new RecordSplitter(schema.Dialect);
        splitter.Begin(start.Bytes, 0, start.Bytes.Length, start.IsAll);
        splitter.Skip(schema.Dialect.LinesAbove);
        if (schema.Dialect.HasHeader) splitter.Read();
        while (rows.Count < request.Rows && splitter.Read())
        {
            var row = new string?[positions.Length];
            for (var i = 0; i < row.Length; i++)
            {
                var column = schema.Columns[i];
                if (column.Partition) row[i] = partitions.GetValueOrDefault(column.Name);
                else if (positions[i] >= 0 && positions[i] < splitter.Count) row[i] = Cell(schema, column, splitter.Text(positions[i]));
            }
            rows.Add(row);
        }
        return rows;
    }

    static string? Cell(CsvSchema schema, SchemaColumn column, ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return schema.Nulls.Contains(text) || column.Nulls.Contains(text) ? null : text;
    }

    static int Position(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
            if (names[i].Equals(name, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }
}
