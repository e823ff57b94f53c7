using Quern.Chunks;

namespace Quern.Csv.Schemas;

/// <summary>A column of a schema.</summary>
/// <param name="Name">What files with a header call it; letters may be of another case there.</param>
/// <param name="Type">What its cells are read as.</param>
public sealed record SchemaColumn(string Name, LogicalType Type)
{
    /// <summary>How moments are written: <c>%d.%m.%Y %H:%M</c>, <c>epoch_s</c>, <c>epoch_ms</c> or <c>epoch_us</c>. Default: null, ISO
    /// 8601.</summary>
    public string? Format { get; init; }

    /// <summary>Texts that stand for NULL in this column beside those of the schema. Default: none.</summary>
    public IReadOnlyList<string> Nulls { get; init; } = [];

    /// <summary>Files may lack it; it is NULL there. Default: false.</summary>
    public bool Optional { get; init; }

    /// <summary>Its values are those of <c>name=value</c> folders, not of cells. Default: false.</summary>
    public bool Partition { get; init; }

    /// <summary>What happens on a cell that is none of the type. Default: the read fails, or the row is set aside.</summary>
    internal OnBad OnBad { get; init; }

    /// <summary>Files that lacked it when the schema was made. Default: none.</summary>
    public IReadOnlyList<string> MissingIn { get; init; } = [];

    /// <summary>Why the type was chosen; null when a person wrote the schema.</summary>
    public ColumnEvidence? Evidence { get; init; }
}
