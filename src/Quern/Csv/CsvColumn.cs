using Quern.Chunks;

namespace Quern.Csv;

/// <summary>A column of rows that are read.</summary>
/// <param name="Name">What rows call it; the names in the file are not looked at.</param>
/// <param name="Type">What its cells are read as. Texts are read as DuckDB's <c>try_cast</c> reads them; a TIMESTAMP may also hold
/// <c> +0000 UTC</c>, which is UTC.</param>
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

    /// <summary>How moments are written: <c>%d.%m.%Y %H:%M</c>, <c>epoch_s</c>, <c>epoch_ms</c> or <c>epoch_us</c>. Default: null, ISO
    /// 8601 and what else DuckDB's cast takes.</summary>
    public string? Format { get; init; }

    /// <summary>Texts that stand for NULL in this column. Default: null, those of the read.</summary>
    public IReadOnlyList<string>? Nulls { get; init; }
}
