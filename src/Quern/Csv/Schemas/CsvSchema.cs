using Quern.Files;

namespace Quern.Csv.Schemas;

/// <summary>What CSV files are: found out once by <see cref="Inference.CsvInference"/>, kept in a YAML file, obeyed from then on.</summary>
public sealed record CsvSchema
{
    /// <summary>Its columns, in the order in which a result has them.</summary>
    public required IReadOnlyList<SchemaColumn> Columns { get; init; }

    /// <summary>What cells are told apart by.</summary>
    internal CsvDialect Dialect { get; init; } = new();

    /// <summary>Texts that stand for NULL in every column, an empty one for an empty cell. Default: the empty one.</summary>
    public IReadOnlyList<string> Nulls { get; init; } = [""];

    /// <summary>Columns of files that the schema does not know are passed over; otherwise they are an error. Default: false.</summary>
    public bool IgnoresOthers { get; init; }

    /// <summary>What it was made from; null when a person wrote it.</summary>
    public SchemaEvidence? Evidence { get; init; }

    /// <summary>Reads a schema.</summary>
    /// <param name="path">A YAML file, absolute.</param>
    /// <param name="name">How messages name it; default: <paramref name="path"/>.</param>
    /// <exception cref="QuernException">Exit code 2: QN2001 to QN2013 the file cannot be read; QN7102 no YAML; QN4001 an unknown key;
    /// QN4002 a value that does not fit its key; QN4006 no columns, or one twice; QN4007 no version.</exception>
    public static CsvSchema Load(string path, string? name = null) => SchemaReader.Read(TextFile.Read(path, name), name ?? path);

    /// <summary>The schema as YAML; the same schema gives the same text.</summary>
    public string ToYaml() => SchemaWriter.Yaml(this);

    /// <summary>The schema as JSON, with the same keys as the YAML.</summary>
    public string ToJson() => SchemaWriter.Json(this);

    /// <summary>Writes it, whole or not at all.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="name">How messages name it; default: <paramref name="path"/>.</param>
    /// <param name="asJson">As JSON, which is read like YAML. Default: false.</param>
    /// <exception cref="QuernException">QN8001 to QN8009: the file cannot be written.</exception>
    public void Save(string path, string? name = null, bool asJson = false) =>
        AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(asJson ? ToJson() + "\n" : ToYaml())), name);

    /// <summary>A read of files by this schema: their headers say where its columns are.</summary>
    /// <exception cref="QuernException">QN4003 a file has a column that the schema does not know; QN4004 a file lacks a column; QN4008
    /// rows without a header have another number of cells; QN4009 a path does not name a partition; QN3004 a
    /// column cannot be read so.</exception>
    internal CsvRead ToRead(IReadOnlyList<CsvFile> files) => new SchemaRead(this).Of(files);
}
