using Quern.Chunks;
using Quern.Csv;

namespace Quern.Models.Seeds;

/// <summary>The types of a seed's columns, found by reading all of it.</summary>
/// <param name="Types">In SQL, in the order of the header.</param>
/// <param name="Rows">Records below the header.</param>
sealed record SeedColumns(IReadOnlyList<string> Types, long Rows)
{
    /// <summary>Reads a file, whose cells are texts for that.</summary>
    /// <exception cref="QuernException">QN20xx, QN31xx: the file cannot be read, with the line where it cannot.</exception>
    public static SeedColumns Of(SeedFile file)
    {
        var types = file.Names.Select(_ => new SeedTypes()).ToList();
        var counts = new CsvCounts(types.Count);
        using var pass = new CsvPass(file.Read(file.Names.Select(_ => LogicalType.Of(TypeKind.Varchar))) with { Counts = counts });
        using var rows = new CsvChunks(pass);
        while (rows.Next() is { } chunk)
        {
            for (var column = 0; column < types.Count; column++)
            {
                if (types[column].IsText) continue;
                var cells = chunk[column];
                var texts = cells.Texts;
                for (var row = 0; row < chunk.Rows; row++)
                {
                    if (!cells.IsNull(row)) types[column].Add(texts[row].ToString());
                }
            }
        }
        return new SeedColumns([.. types.Select(t => t.Type)], counts.Kept);
    }
}
