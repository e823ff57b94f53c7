using System.Text;

namespace Quern.Csv.Values;

/// <summary>Texts that stand for NULL in a column; compared as they are, behind the quotes.</summary>
sealed class NullTexts
{
    readonly byte[][] _texts;

    // A bit for each length below 64 that one has; longer ones share the last.
    readonly ulong _lengths;

    NullTexts(byte[][] texts)
    {
        _texts = texts;
        foreach (var text in texts) _lengths |= Bit(text.Length);
    }

    /// <summary>Those of a column but the empty one; null when there are no others.</summary>
    public static NullTexts? Of(CsvRead read, CsvColumn column)
    {
        var texts = Given(read, column).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes).ToArray();
        return texts.Length == 0 ? null : new(texts);
    }

    /// <summary>True when an empty cell is NULL.</summary>
    public static bool HasEmpty(CsvRead read, CsvColumn column) => column.Empty == OnEmpty.Null || Given(read, column).Contains("");

    static IReadOnlyList<string> Given(CsvRead read, CsvColumn column) => column.Nulls ?? read.Nulls;

    /// <summary>All of them.</summary>
    public IReadOnlyList<byte[]> All => _texts;

    /// <summary>True when a text is one of them.</summary>
    public bool Contains(ReadOnlySpan<byte> text)
    {
        if ((_lengths & Bit(text.Length)) == 0) return false;
        foreach (var known in _texts)
            if (text.SequenceEqual(known)) return true;
        return false;
    }

    static ulong Bit(int length) => 1UL << Math.Min(length, 63);
}
