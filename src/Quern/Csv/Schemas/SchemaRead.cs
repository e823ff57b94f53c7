using Quern.Csv.Inference;
using Quern.Files;

namespace Quern.Csv.Schemas;

/// <summary>Makes reads of files by a schema.</summary>
sealed class SchemaRead(CsvSchema schema)
{
    const int HeaderBytes = 1 << 14;

    readonly IReadOnlyList<SchemaColumn> _columns = schema.Columns;
    readonly HashSet<string> _names = new(schema.Columns.Where(c => !c.Partition).Select(c => c.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>A read of files, whose heads are looked at.</summary>
    public CsvRead Of(IReadOnlyList<CsvFile> files) => new()
    {
        Files = [.. files.Select(Place)],
        Columns = [.. _columns.Select(Column)],
        Dialect = schema.Dialect,
        Nulls = [.. schema.Nulls.Where(text => text.Length > 0)],
    };

    CsvColumn Column(SchemaColumn column)
    {
        var wanted = Wanted(column);
        wanted.Check();
        return wanted;
    }

    CsvColumn Wanted(SchemaColumn column) => new(column.Name, column.Type)
    {
        Format = column.Format,
        Bad = column.OnBad,
        Empty = schema.Nulls.Contains("") || column.Nulls.Contains("") ? OnEmpty.Null : OnEmpty.Value,
        Nulls = column.Nulls.Count == 0 ? null : [.. schema.Nulls.Concat(column.Nulls).Where(text => text.Length > 0).Distinct()],
    };

    CsvFile Place(CsvFile file)
    {
        var partitions = _columns.Any(c => c.Partition) ? HivePartitions.Of(file.Path) : null;
        var start = FileStart.Read(file, schema.Dialect.EncodingByFile ? null : schema.Dialect.Encoding,
            schema.Dialect.EncodingByFile ? FileStart.DefaultBytes : HeaderBytes);
        if (schema.Dialect.EncodingByFile) file = FileEncodings.In(file, FileEncodings.Own(start));
        var header = FileLayout.Of(start, schema.Dialect).Names;
        if (header.Count == 0) return file;
        var positions = schema.Dialect.HasHeader ? ByName(file, header) : ByPosition(file, header.Count);
        var constants = _columns.Select(column => column.Partition ? Partition(file, column.Name, partitions!) : null).ToList();
        var isPlain = header.Count == _columns.Count && positions.SequenceEqual(Enumerable.Range(0, header.Count));
        return isPlain ? file : file with
        {
            Positions = positions,
            Width = header.Count,
            Constants = constants.Any(text => text is not null) ? constants : null,
        };
    }

    int[] ByName(CsvFile file, IReadOnlyList<string> header)
    {
        var found = header.Select((name, at) => (name, at)).ToDictionary(h => h.name, h => h.at, StringComparer.OrdinalIgnoreCase);
        if (!schema.IgnoresOthers && header.FirstOrDefault(name => !_names.Contains(name)) is { } other)
            throw SchemaFaults.UnknownColumn(file, other, [.. _columns.Select(c => c.Name)]);
        var missing = _columns.FirstOrDefault(c => !c.Optional && !c.Partition && !found.ContainsKey(c.Name));
        if (missing is not null) throw SchemaFaults.MissingColumn(file, missing.Name, header);
        return [.. _columns.Select(c => c.Partition ? -1 : found.GetValueOrDefault(c.Name, -1))];
    }

    int[] ByPosition(CsvFile file, int cells)
    {
        var wanted = _columns.Count(c => !c.Partition);
        if (cells != wanted) throw SchemaFaults.OtherWidth(file, cells, wanted);
        var next = 0;
        return [.. _columns.Select(c => c.Partition ? -1 : next++)];
    }

    static string? Partition(CsvFile file, string name, IReadOnlyDictionary<string, string?> partitions) =>
        partitions.FirstOrDefault(p => p.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Key: not null } found
            ? found.Value : throw SchemaFaults.NoPartition(file, name);
}
