using System.Globalization;

namespace Quern.Csv.Inference;

/// <summary>How the bytes of files that are read together stand for characters: the same in all, where that can be, else in each file
/// its own.</summary>
/// <remarks>A head of ASCII alone fits every encoding but UTF-16. Where the others agree it is taken for theirs; where they do not it
/// is UTF-8, in which a byte that does not fit is an error and no wrong letter. Beside other encodings Latin-1 is read as Windows-1252,
/// which says the same and more.</remarks>
static class FileEncodings
{
    /// <summary>Settles the encodings of files.</summary>
    /// <param name="layouts">The files.</param>
    /// <param name="said">What the user says; null to find it out.</param>
    /// <param name="evidence">Takes a sentence when there is something to say.</param>
    /// <returns>The files, the encoding of the files without one of their own, and whether they differ.</returns>
    public static (IReadOnlyList<FileLayout> Layouts, CsvEncoding Encoding, bool Differ) Settle(
        IReadOnlyList<FileLayout> layouts, CsvEncoding? said, List<string> evidence)
    {
        if (said is { } wanted) return ([.. layouts.Select(layout => With(layout, wanted))], wanted, false);
        var sure = layouts.Where(l => !l.Start.Guess.IsAscii).Select(l => l.Start.Guess.Encoding).Distinct().Order().ToList();
        if (sure is [CsvEncoding.Latin1, CsvEncoding.Windows1252]) sure.RemoveAt(0);
        var hasAscii = layouts.Any(l => l.Start.Guess.IsAscii && l.Names.Count > 0);
        if (sure.Count <= 1 && !(hasAscii && sure is [CsvEncoding.Utf16]))
        {
            var one = sure.FirstOrDefault();
            if (layouts.FirstOrDefault(l => l.Start.Guess.Encoding == one && l.Start.Guess.Because is not null) is { } first)
                evidence.Add($"encoding {EncodingNames.Of(one)}: {first.Start.Guess.Because}");
            return ([.. layouts.Select(layout => With(layout, one))], one, false);
        }
        var own = layouts.Select(layout => With(layout, Own(layout.Start))).ToList();
        evidence.Add($"encodings differ: {string.Join("; ", own.GroupBy(l => l.Start.Guess.Encoding).OrderBy(g => g.Key).Select(Told))}");
        return (own, CsvEncoding.Utf8, true);
    }

    /// <summary>The encoding of a file among others.</summary>
    /// <param name="start">Its head; when that is ASCII a longer one is read.</param>
    public static CsvEncoding Own(FileStart start)
    {
        var guess = start.Guess;
        if (guess.IsAscii && !start.IsAll && start.Bytes.Length < FileStart.DefaultBytes && start.File.Once is null)
            guess = FileStart.Read(start.File, null).Guess;
        return guess.Encoding == CsvEncoding.Latin1 ? CsvEncoding.Windows1252 : guess.Encoding;
    }

    /// <summary>A file that is read in an encoding.</summary>
    public static CsvFile In(CsvFile file, CsvEncoding encoding) => file with { Encoding = encoding == CsvEncoding.Utf8 ? null : encoding };

    static FileLayout With(FileLayout layout, CsvEncoding encoding) => layout with
    {
        Start = layout.Start with
        {
            File = In(layout.Start.File, encoding),
            Guess = layout.Start.Guess with { Encoding = encoding },
            Plain = layout.Start.Plain && encoding == CsvEncoding.Utf8,
        },
    };

    static string Told(IGrouping<CsvEncoding, FileLayout> group)
    {
        var files = group.ToList();
        var (first, more) = (files[0].Start, files.Count - 1);
        var others = more == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" and {more:N0} more");
        return $"{EncodingNames.Of(group.Key)} in {first.File.Name}{others}{(first.Guess.Because is { } why ? $" ({why})" : "")}";
    }
}
