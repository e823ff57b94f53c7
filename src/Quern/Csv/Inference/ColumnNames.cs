using System.Globalization;

namespace Quern.Csv.Inference;

/// <summary>What the columns of a file are called: as its header says, made different where it says a name twice, and by their
/// position where it says none.</summary>
static class ColumnNames
{
    /// <summary>The names, no two alike whatever the case of their letters.</summary>
    /// <param name="header">Cells of the header.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> header)
    {
        var names = new string[header.Count];
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Length; i++)
        {
            var name = header[i].Trim();
            var wanted = name.Length == 0 ? ByPosition(i) : name;
            names[i] = wanted;
            for (var n = 1; !taken.Add(names[i]); n++) names[i] = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{n}");
        }
        return names;
    }

    /// <summary>The names of a file without a header.</summary>
    public static IReadOnlyList<string> ByPositions(int count) => [.. Enumerable.Range(0, count).Select(ByPosition)];

    static string ByPosition(int position) => string.Create(CultureInfo.InvariantCulture, $"column{position + 1}");
}
