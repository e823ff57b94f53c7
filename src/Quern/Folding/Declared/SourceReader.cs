using Quern.Chunks;
using Quern.Csv.Values;
using Quern.Projects.Options;
using Quern.Yaml;

namespace Quern.Folding.Declared;

/// <summary>Reads <c>sources</c> of quern.yml.</summary>
/// <param name="place">What errors call the file.</param>
sealed class SourceReader(string place)
{
    static readonly Dictionary<string, EpochUnit> Epochs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["epoch_s"] = EpochUnit.Seconds,
        ["epoch_ms"] = EpochUnit.Milliseconds,
        ["epoch_us"] = EpochUnit.Microseconds,
    };

    /// <summary>All sources; none for no key.</summary>
    /// <exception cref="QuernException">QN7535 a name twice; QN7540 an unknown type.</exception>
    public IReadOnlyList<FoldSource> Read(YamlMap? sources) => sources is null ? [] : [.. sources.Entries.Select(Source)];

    FoldSource Source(KeyValuePair<YamlScalar, YamlNode> entry)
    {
        var map = (YamlMap)entry.Value;
        var columns = new List<SourceColumn>();
        foreach (var (name, type) in ((YamlMap)map["columns"]!).Entries)
        {
            if (columns.Any(c => c.Name.Equals(name.Text, StringComparison.OrdinalIgnoreCase))) throw DeclaredFaults.Twice(place, name);
            columns.Add(Column(name.Text, (YamlScalar)type));
        }
        return new FoldSource(entry.Key.Text, FoldReader.Texts(map["files"]), columns);
    }

    SourceColumn Column(string name, YamlScalar type)
    {
        var text = type.Text.Trim();
        if (Epochs.TryGetValue(text, out var unit)) return new SourceColumn(name, LogicalType.Of(TypeKind.BigInt), unit);
        if (LogicalType.TryParse(text, out var found) && CellTypes.Has(found)) return new SourceColumn(name, found);
        var wanted = Epochs.Keys.Concat(CellTypes.Names.ToLowerInvariant().Split(", ")).ToList();
        throw new QuernException(new Fault("QN7540", "this is no type of a column")
        {
            Where = $"{OptionCheck.Place(place, type)}, column \"{name}\"",
            Value = text,
            Wanted = $"{string.Join(", ", Epochs.Keys)}, {CellTypes.Names}",
            Try = NearestName.Of(text, wanted) is { } nearest ? [$"{name}: {nearest}"] : [],
            ExitCode = ExitCode.Usage,
        });
    }
}
