using System.Text;
using Quern.Files;

namespace Quern.Models.Seeds;

/// <summary>The columns of a seed, found by reading all of it.</summary>
/// <param name="Names">As the header spells them.</param>
/// <param name="Types">Their types in SQL.</param>
/// <param name="Rows">Records below the header.</param>
/// <param name="OddLine">Line of the first record that another reader may take otherwise: one whose quote is never closed, that has more or
/// fewer fields than the header, or that has several lines; null when there is none.</param>
sealed record SeedColumns(IReadOnlyList<string> Names, IReadOnlyList<string> Types, long Rows, long? OddLine)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="delimiter">What stands between fields.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="QuernException">QN7242: there is no header, or a name in it is empty or comes twice. QN20xx: the file cannot be read, or
    /// is not UTF-8.</exception>
    public static SeedColumns Read(string path, char delimiter, string name)
    {
        try
        {
            using var reader = new SeedReader(path, delimiter, name);
            return Read(reader, name);
        }
        catch (DecoderFallbackException)
        {
            // Read again as a whole, which names the line and the byte.
            TextFile.Read(path, name);
            throw;
        }
    }

    static SeedColumns Read(SeedReader reader, string name)
    {
        var header = reader.Next() ?? throw NoHeader(name, "the file is empty");
        if (header.Any(string.IsNullOrWhiteSpace)) throw NoHeader(name, "a column has no name");
        if (header.GroupBy(h => h, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw NoHeader(name, $"the column `{twice.Key}` comes twice");
        var types = header.Select(_ => new SeedTypes()).ToList();
        reader.KeepsBlankLines = header.Count == 1;
        long rows = 0;
        long? odd = null;
        while (reader.Next() is { } record)
        {
            rows++;
            if (reader.IsOpen) odd = reader.Line;
            else if (record.Count != types.Count || record.Exists(f => f.Contains('\n', StringComparison.Ordinal))) odd ??= reader.Line;
            for (var i = 0; i < Math.Min(record.Count, types.Count); i++) types[i].Add(record[i]);
        }
        return new SeedColumns(header, [.. types.Select(t => t.Type)], rows, odd);
    }

    static QuernException NoHeader(string name, string what) => new(new Fault("QN7242", $"a seed begins with a line of column names: {what}")
    {
        Where = $"{name} line 1",
        Try = ["correct the header", "set `delimiter` if it is not a comma"],
    });
}
