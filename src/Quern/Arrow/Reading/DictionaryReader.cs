using Quern.Chunks;
using Quern.Duck;

namespace Quern.Arrow.Reading;

/// <summary>Rows that are indexes into a dictionary.</summary>
/// <remarks>A text that is too long to lie in place is copied once for all rows of a vector that have it.</remarks>
sealed unsafe class DictionaryReader(LoadedField source, ColumnDictionary dictionary) : ColumnReader(source)
{
    readonly int _bits = source.Field.Index!.Bits;
    readonly bool _isSigned = source.Field.Index!.IsSigned;

    // Where a long text was written last, and in which call.
    readonly int[] _rows = new int[dictionary.Count];
    readonly int[] _calls = new int[dictionary.Count];
    int _call;

    protected override void WriteValues(VectorWriter to, int at, int from, int count)
    {
        _call++;
        var texts = to.Type.IsText ? to.Values<Text>() : default;
        for (var row = 0; row < count; row++)
        {
            if (Source.IsNull(from + row)) continue;
            var index = Index(from + row);
            if (index < 0 || index >= dictionary.Count)
                throw new InvalidDataException($"column \"{Source.Field.Name}\": {index} is not in its dictionary");
            Write(to, texts, at + row, (int)index);
        }
    }

    void Write(VectorWriter to, Span<Text> texts, int row, int index)
    {
        var values = dictionary.Vector(index);
        var valueRow = index % Chunk.Capacity;
        if (values.IsNull(valueRow))
        {
            to.SetNull(row);
            return;
        }
        if (!values.Type.IsText)
        {
            ChunkCopy.Rows(values, valueRow, to, row, 1);
            return;
        }
        ref readonly var text = ref values.Texts[valueRow];
        if (text.Length <= Text.InlineBytes)
        {
            texts[row] = text;
        }
        else if (_calls[index] == _call)
        {
            texts[row] = texts[_rows[index]];
        }
        else
        {
            to.SetCheckedText(row, text.Bytes);
            (_calls[index], _rows[index]) = (_call, row);
        }
    }

    long Index(int row)
    {
        var first = Source.First(0);
        return (_bits, _isSigned) switch
        {
            (8, true) => ((sbyte*)first)[row],
            (8, false) => first[row],
            (16, true) => ((short*)first)[row],
            (16, false) => ((ushort*)first)[row],
            (32, true) => ((int*)first)[row],
            (32, false) => ((uint*)first)[row],
            _ => ((long*)first)[row],
        };
    }
}
