using System.Text;

namespace Quern.Csv.Inference;

/// <summary>A cell that shows something, and where it is.</summary>
/// <param name="Place">Of its row, see <see cref="PlaceOf"/>; the first one of several wins.</param>
/// <param name="Text">What it says, or how that begins.</param>
readonly record struct Witness(long Place, string Text)
{
    /// <summary>Bytes of a text that are kept.</summary>
    public const int MostBytes = 60;

    const int OffsetBits = 44;

    /// <summary>No cell yet.</summary>
    public static Witness None => new(long.MaxValue, "");

    /// <summary>There is one.</summary>
    public bool IsSeen => Place != long.MaxValue;

    /// <summary>Position of its file.</summary>
    public int File => (int)(Place >> OffsetBits);

    /// <summary>Where its row begins in the content of the file.</summary>
    public long Offset => Place & ((1L << OffsetBits) - 1);

    /// <summary>A place as a number whose order is that of the files and their rows.</summary>
    public static long PlaceOf(int file, long offset) => ((long)file << OffsetBits) | offset;

    /// <summary>The first of two.</summary>
    public static Witness First(Witness a, Witness b) => b.Place < a.Place ? b : a;

    /// <summary>A text as it is kept.</summary>
    public static string Kept(ReadOnlySpan<byte> text)
    {
        if (text.Length <= MostBytes) return Encoding.UTF8.GetString(text);
        // Not in the middle of a character.
        var end = MostBytes;
        while (end > 0 && (text[end] & 0xC0) == 0x80) end--;
        return Encoding.UTF8.GetString(text[..end]) + "...";
    }
}
