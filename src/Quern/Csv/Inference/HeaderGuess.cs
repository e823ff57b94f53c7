namespace Quern.Csv.Inference;

/// <summary>Whether the first record of files holds names: it does when a column of values, such as numbers, has none there; it does
/// not when a column of values has one there, too. Of texts alone, names are there when they differ from each other and do not come
/// again below.</summary>
static class HeaderGuess
{
    const int MostRecords = 100;

    /// <summary>The answer and why.</summary>
    public static (bool HasHeader, string Because) Of(IReadOnlyList<FileStart> starts, CsvDialect dialect)
    {
        foreach (var start in starts)
        {
            if (Look(start, dialect) is { } answer) return answer;
        }
        return (true, "header: nothing speaks against it");
    }

    static (bool HasHeader, string Because)? Look(FileStart start, CsvDialect dialect)
    {
        var splitter = new RecordSplitter(dialect);
        splitter.Begin(start.Bytes, 0, start.Bytes.Length, start.IsAll);
        splitter.Skip(dialect.LinesAbove);
        if (!splitter.Read()) return null;
        var names = Texts(splitter);
        var facts = names.Select(_ => new ColumnFacts(measures: false)).ToArray();
        var again = new HashSet<int>();
        var records = 0;
        for (; records < MostRecords && splitter.Read(); records++)
        {
            for (var i = 0; i < Math.Min(names.Length, splitter.Count); i++)
            {
                facts[i].Add(splitter.Text(i), records);
                if (Witness.Kept(splitter.Text(i)) == names[i]) again.Add(i);
            }
        }
        var values = Array.FindIndex(names, IsValue);
        if (records == 0)
        {
            return values < 0
                ? (true, "header: one record, all texts")
                : (false, $"no header: one record, and \"{names[values]}\" is a value");
        }
        for (var i = 0; i < names.Length; i++)
        {
            var type = TypeChoice.Of(facts[i], isAll: true);
            if (type.IsText || names[i].Length == 0) continue;
            return IsValue(names[i])
                ? (false, FormattableString.Invariant(
                    $"no header: \"{names[i]}\" in column {i + 1} is a value like those below it ({type.Type})"))
                : (true, FormattableString.Invariant($"header: \"{names[i]}\" stands above values ({type.Type}) in column {i + 1}"));
        }
        if (values >= 0) return (false, $"no header: \"{names[values]}\" is no name");
        if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Length || names.Any(name => name.Length == 0))
            return (false, "no header: two texts of the first record are the same, or one is empty");
        return again.Count > 0
            ? (false, $"no header: \"{names[again.Min()]}\" comes again below")
            : (true, "header: texts that differ from each other and do not come again");
    }

    static string[] Texts(RecordSplitter splitter)
    {
        var texts = new string[splitter.Count];
        for (var i = 0; i < texts.Length; i++) texts[i] = Witness.Kept(splitter.Text(i));
        return texts;
    }

    static bool IsValue(string text) =>
        CellReading.Of(System.Text.Encoding.UTF8.GetBytes(text)).Shape is >= CellShape.Boolean and < CellShape.Json;
}
