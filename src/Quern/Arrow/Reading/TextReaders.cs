using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Quern.Arrow.Metadata;
using Quern.Chunks;
using Quern.Duck;

namespace Quern.Arrow.Reading;

/// <summary>Texts and blobs; those of a varchar are checked to be UTF-8.</summary>
abstract unsafe class TextColumnReader(LoadedField source) : ColumnReader(source)
{
    readonly bool _isText = source.Field.Kind is FieldKind.Utf8 or FieldKind.LargeUtf8 or FieldKind.Utf8View;

    /// <summary>Texts of this batch must be checked one by one.</summary>
    protected bool NeedsCheck { get; set; }

    /// <summary>Looks at bytes of a batch: without any above 0x7F there is nothing to check.</summary>
    protected bool HasNonAscii(ReadOnlySpan<byte> bytes) => _isText && !Ascii.IsValid(bytes);

    /// <summary>A short text of unknown bytes must be checked.</summary>
    protected bool IsText => _isText;

    /// <summary>Writes one text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Set(VectorWriter to, Span<Text> texts, int row, byte* first, int length, bool check)
    {
        if (check && !Utf8.IsValid(new ReadOnlySpan<byte>(first, length)))
            throw new InvalidDataException($"column \"{Source.Field.Name}\": a text is not UTF-8");
        if (length <= Text.InlineBytes) texts[row] = new Text(first, length);
        else to.SetCheckedText(row, new ReadOnlySpan<byte>(first, length));
    }
}

/// <summary>Utf8, Binary and their large forms: ends, and all bytes one after the other.</summary>
/// <typeparam name="T">Of the ends.</typeparam>
sealed unsafe class EndsReader<T>(LoadedField source) : TextColumnReader(source) where T : unmanaged, IBinaryInteger<T>
{
    public override void Begin() => NeedsCheck = HasNonAscii(Source[1]);

    protected override void WriteValues(VectorWriter to, int at, int from, int count)
    {
        if (count == 0) return;
        var ends = (T*)Source.First(0) + from;
        var bytes = Source.First(1);
        var room = Source[1].Length;
        var texts = to.Values<Text>();
        var start = long.CreateTruncating(ends[0]);
        if (start < 0) throw Outside();
        for (var row = 0; row < count; row++)
        {
            var end = long.CreateTruncating(ends[row + 1]);
            if (end < start || end > room) throw Outside();
            if (Source.Validity is null || !Source.IsNull(from + row))
                Set(to, texts, at + row, bytes + start, (int)(end - start), NeedsCheck);
            start = end;
        }
    }

    InvalidDataException Outside() => new($"column \"{Source.Field.Name}\": a text lies outside of its buffer");
}

/// <summary>Utf8View and BinaryView: 16 bytes a row with the length, then up to 12 bytes in place, or the first 4, the data
/// buffer and the place in it.</summary>
sealed unsafe class ViewReader(LoadedField source) : TextColumnReader(source)
{
    public override void Begin()
    {
        NeedsCheck = false;
        for (var i = 1; i < Source.Count; i++) NeedsCheck |= HasNonAscii(Source[i]);
    }

    protected override void WriteValues(VectorWriter to, int at, int from, int count)
    {
        var views = (View*)Source.First(0) + from;
        var texts = to.Values<Text>();
        for (var row = 0; row < count; row++)
        {
            if (Source.IsNull(from + row)) continue;
            ref var view = ref views[row];
            if ((uint)view.Length <= Text.InlineBytes)
            {
                // Any of its 12 bytes may be above 0x7F: those behind the text do not matter, but are zero as a rule.
                var check = IsText && ((uint)(view.Prefix | view.Low | view.High) & 0x8080_8080) != 0;
                Set(to, texts, at + row, (byte*)(views + row) + sizeof(int), view.Length, check);
                continue;
            }
            if (view.Length < 0 || (uint)view.Low >= (uint)(Source.Count - 1) || view.High < 0) throw Outside();
            var bytes = Source[view.Low + 1];
            if (view.High > bytes.Length - view.Length) throw Outside();
            Set(to, texts, at + row, Source.First(view.Low + 1) + view.High, view.Length, NeedsCheck);
        }
    }

    InvalidDataException Outside() => new($"column \"{Source.Field.Name}\": a text lies outside of its buffers");

    /// <summary>As stored.</summary>
    [StructLayout(LayoutKind.Sequential)]
    struct View
    {
        public int Length;
        public int Prefix;

        /// <summary>The data buffer of a long text.</summary>
        public int Low;

        /// <summary>The place in it.</summary>
        public int High;
    }
}

/// <summary>Blobs that all have one length.</summary>
sealed unsafe class FixedBinaryReader(LoadedField source) : TextColumnReader(source)
{
    protected override void WriteValues(VectorWriter to, int at, int from, int count)
    {
        var size = Source.Field.Size;
        var first = Source.First(0) + ((long)from * size);
        var texts = to.Values<Text>();
        for (var row = 0; row < count; row++, first += size) Set(to, texts, at + row, first, size, check: false);
    }
}
