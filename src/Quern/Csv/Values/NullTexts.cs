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

    /// <summary>Those of a column; null when there are none.</summary>
    public static NullTexts? Of(CsvRead read, CsvColumn column)
    {
        var texts = column.Nulls ?? read.Nulls;
        return texts.Count == 0 ? null : new([.. texts.Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)]);
    }

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
