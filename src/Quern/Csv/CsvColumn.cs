using Quern.Chunks;
using Quern.Csv.Values;

namespace Quern.Csv;

/// <summary>A column of rows that are read.</summary>
/// <param name="Name">What rows call it; the names in the file are not looked at.</param>
/// <param name="Type">What its cells are read as: one of <see cref="CellTypes.Names"/>. Texts are read as DuckDB's <c>try_cast</c>
/// reads them, in UTC; the types in <c>Values/</c> say where they are not. A moment may also hold <c> +0000 UTC</c>, which is UTC.</param>
sealed record CsvColumn(string Name, LogicalType Type)
{
    /// <summary>A column of a type that needs no more than its kind.</summary>
    public CsvColumn(string name, TypeKind kind) : this(name, LogicalType.Of(kind))
    {
    }

    /// <summary>What an empty cell is. Default: a value.</summary>
    public OnEmpty Empty { get; init; } = OnEmpty.Value;

    /// <summary>What happens on a cell that is none of the type. Default: the read fails.</summary>
    public OnBad Bad { get; init; } = OnBad.Fail;

    /// <summary>How moments are written: a pattern such as <c>%d.%m.%Y %H:%M</c> (see <see cref="TimeFormat"/>), or <c>epoch_s</c>,
    /// <c>epoch_ms</c>, <c>epoch_us</c>, <c>epoch_ns</c>. Default: null, ISO 8601 and what else DuckDB's cast takes.</summary>
    public string? Format { get; init; }

    /// <summary>Texts that stand for NULL in this column. Default: null, those of the read.</summary>
    public IReadOnlyList<string>? Nulls { get; init; }

    /// <summary>Finds out whether cells can be read so.</summary>
    /// <exception cref="QuernException">QN3004 (exit code 2): the type, the format or a zero is not for this column.</exception>
    public void Check()
    {
        if (!CellTypes.Has(Type)) throw Wrong(Type.ToString(), CellTypes.Names);
        if (Bad == OnBad.Zero && !CellTypes.IsNumber(Type.Kind))
            throw Wrong($"0 for bad cells of {Type}", "a type of numbers, or NULL for bad cells");
        if (Format is null) return;
        if (EpochCell.Unit(Format) is not null)
        {
            if (!CellTypes.HasEpochs(Type.Kind)) throw Wrong($"{Format} of {Type}", "a TIMESTAMP, with a time zone or not");
        }
        else if (!CellTypes.HasPatterns(Type.Kind))
        {
            throw Wrong($"{Format} of {Type}", "a DATE, a TIME or a TIMESTAMP for a format");
        }
        else if (TimeFormat.Of(Format) is null)
        {
            throw Wrong(Format, $"epoch_s, epoch_ms, epoch_us, epoch_ns, or text with at least one of {TimeFormat.Fields}");
        }
    }

    QuernException Wrong(string value, string wanted) => new(new Fault("QN3004", "a column of CSV cannot be read so")
    {
        Where = $"column \"{Name}\"",
        Value = value,
        Wanted = wanted,
        Try = ["VARCHAR     reads the column as it stands there"],
        ExitCode = ExitCode.Usage,
    });
}
