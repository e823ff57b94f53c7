using Quern.Chunks;

namespace Quern.Csv;

/// <summary>A column of a file, by its position.</summary>
/// <param name="Name">What rows call it; the names in the file are not looked at.</param>
/// <param name="Kind">VARCHAR, DOUBLE, BIGINT or TIMESTAMP. Texts are read as DuckDB's <c>try_cast</c> reads them; a TIMESTAMP may
/// also hold <c> +0000 UTC</c>, which is UTC.</param>
sealed record CsvColumn(string Name, TypeKind Kind)
{
    /// <summary>What an empty cell is. Default: a value.</summary>
    public OnEmpty Empty { get; init; } = OnEmpty.Value;

    /// <summary>What happens on a cell that is none of the type. Default: the read fails.</summary>
    public OnBad Bad { get; init; } = OnBad.Fail;
}
