using System.Globalization;
using Quern.Csv;
using Quern.Csv.Inference;

namespace Quern.Projects.CsvSources;

/// <summary>What the engine's own reader calls columns that have no name in the file: <c>column0</c>, or <c>column00</c> where there are
/// more than ten.</summary>
static class EngineNames
{
    /// <summary>The columns with such names.</summary>
    /// <param name="columns">Columns of a read.</param>
    /// <param name="layouts">The files that they were found in.</param>
    public static IReadOnlyList<CsvColumn> Of(IReadOnlyList<CsvColumn> columns, IReadOnlyList<FileLayout> layouts)
    {
        if (layouts.FirstOrDefault(layout => layout.Names.Count > 0) is not { Nameless.Count: > 0 } first) return columns;
        var digits = (first.Names.Count - 1).ToString(CultureInfo.InvariantCulture).Length;
        var named = columns.ToArray();
        foreach (var position in first.Nameless.Where(position => position < named.Length))
        {
            var name = "column" + position.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
            var isTaken = first.HasHeader
                && Array.Exists(named, c => c != named[position] && c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (!isTaken) named[position] = named[position] with { Name = name };
        }
        return named;
    }
}
