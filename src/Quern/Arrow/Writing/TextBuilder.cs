using System.Runtime.CompilerServices;
using Quern.Arrow.Buffers;
using Quern.Chunks;

namespace Quern.Arrow.Writing;

/// <summary>Texts and blobs: where each one ends, and all their bytes one after the other.</summary>
sealed unsafe class TextBuilder : ColumnBuilder
{
    // The bytes of a short text begin here in a Text.
    const int InlineStart = 4;

    readonly NativeBuffer _ends = new();
    readonly NativeBuffer _bytes = new();

    public TextBuilder() => _ends.AppendZeros(sizeof(int));

    public override long VariableBytes(Vector vector, int from, int count)
    {
        var bytes = 0L;
        var texts = vector.Texts.Slice(from, count);
        if (vector.AllValid)
        {
            for (var row = 0; row < texts.Length; row++) bytes += (uint)texts[row].Length;
            return bytes;
        }
        for (var row = 0; row < texts.Length; row++)
        {
            if (!vector.IsNull(from + row)) bytes += (uint)texts[row].Length;
        }
        return bytes;
    }

    public override void Clear()
    {
        base.Clear();
        _ends.Cut(sizeof(int));
        _bytes.Cut();
    }

    public override void Dispose()
    {
        _ends.Dispose();
        _bytes.Dispose();
        base.Dispose();
    }

    protected override void AppendValues(Vector vector, int from, int count)
    {
        // A short text is written as 12 bytes, of which only its own are kept.
        var bytes = checked((int)VariableBytes(vector, from, count));
        var first = _bytes.Reserve(bytes + Text.InlineBytes);
        var to = first;
        var ends = (int*)_ends.Reserve(count * sizeof(int));
        var start = _bytes.Length;
        var allValid = vector.AllValid;
        fixed (Text* texts = vector.Texts.Slice(from, count))
        {
            for (var row = 0; row < count; row++)
            {
                if (allValid || !vector.IsNull(from + row)) to = Copy(texts + row, to);
                ends[row] = start + (int)(to - first);
            }
        }
        _ends.Advance(count * sizeof(int));
        _bytes.Advance((int)(to - first));
    }

    protected override void AddBuffers(BatchBody body)
    {
        body.AddBuffer(_ends.Bytes);
        body.AddBuffer(_bytes.Bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static byte* Copy(Text* text, byte* to)
    {
        var length = text->Length;
        if (length <= Text.InlineBytes)
        {
            var from = (byte*)text + InlineStart;
            Unsafe.WriteUnaligned(to, Unsafe.ReadUnaligned<ulong>(from));
            Unsafe.WriteUnaligned(to + sizeof(ulong), Unsafe.ReadUnaligned<uint>(from + sizeof(ulong)));
        }
        else
        {
            text->Bytes.CopyTo(new Span<byte>(to, length));
        }
        return to + length;
    }
}
