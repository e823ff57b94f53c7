using System.Text;

namespace Quern.Csv.Inference;

/// <summary>Words that programs write for NULL. In a column of text they may be meant, so only <c>\N</c>, which databases write, is NULL
/// there.</summary>
static class NullWords
{
    /// <summary>The words, in the order in which a schema lists them.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["\\N", "NULL", "null", "Null", "NA", "N/A", "n/a", "#N/A", "None", "none", "nil", "-"];

    /// <summary>Position of the word that is NULL in a column of text, too.</summary>
    public const int Always = 0;

    const int Longest = 4;

    static readonly byte[][] Bytes = [.. All.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Position of the word in <see cref="All"/>; -1 when it is none.</summary>
    public static int Find(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > Longest) return -1;
        for (var i = 0; i < Bytes.Length; i++)
            if (text.SequenceEqual(Bytes[i])) return i;
        return -1;
    }
}
