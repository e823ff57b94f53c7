using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Quern.Chunks;

namespace Quern.Csv.Values;

/// <summary>Copies texts, checked to be UTF-8, and JSON to be that.</summary>
sealed unsafe class TextParser(CsvRead read, int column, int output) : ColumnParser(read, column, output)
{
    readonly RecentTexts _recent = new();
    readonly bool _isJson = read.Columns[column].Type.Alias is not null;

    /// <summary>Texts are looked at before they are copied.</summary>
    readonly bool _looks = read.Columns[column].Type.Alias is not null || NullTexts.Of(read, read.Columns[column]) is not null;

    /// <summary>Rows of the chunk without a text: a bit each.</summary>
    readonly ulong[] _odd = new ulong[Chunk.Capacity / 64];
    bool _hasOdd;

    /// <inheritdoc/>
    public override void Begin()
    {
        _recent.Clear();
        if (_hasOdd) Array.Clear(_odd);
        _hasOdd = false;
    }

    /// <inheritdoc/>
    public override void Parse(RowBatch rows, CellSink sink)
    {
        var values = (Text*)sink.Values(Output);
        var cells = rows.Column(Column);
        for (var row = 0; row < rows.Count; row++)
        {
            var cell = cells.Cell(row, out var length);
            // A text is often that of rows before, in quotes or not; one copy in the chunk serves them all.
            if (length > Text.InlineBytes && _recent.Find(cell, length, rows.Base + row) is >= 0 and var equal && !IsOdd(equal))
            {
                values[rows.Base + row] = values[equal];
            }
            else if (Quotes.IsQuoted(cell, length))
            {
                var text = Quotes.Text(cell, length);
                fixed (byte* bytes = text) Set(rows, row, bytes, text.Length, values, sink);
            }
            else
            {
                Set(rows, row, cell, length, values, sink);
            }
        }
        sink.EndTexts(Output, values, rows.Base + rows.Count);
        CountBad();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Set(RowBatch rows, int row, byte* bytes, int length, Text* values, CellSink sink)
    {
        var text = new ReadOnlySpan<byte>(bytes, length);
        if (rows.HasNonAscii && !Utf8.IsValid(text)) Leave(rows, row, text, values, isUtf8: false);
        else if (_looks && Look(rows, row, text, values, sink)) return;
        else if (length > Text.InlineBytes) sink.SetLongText(Output, values, rows.Base + row, bytes, length);
        else if (length == 0 && EmptyIsNull) SetNull(rows, row, values, sink);
        else values[rows.Base + row] = new Text(bytes, length);
    }

    /// <summary>What stands for NULL, or is no JSON; false for a text to be copied.</summary>
    bool Look(RowBatch rows, int row, ReadOnlySpan<byte> text, Text* values, CellSink sink)
    {
        if ((Nulls is not null && Nulls.Contains(text)) || (text.IsEmpty && EmptyIsNull))
        {
            SetNull(rows, row, values, sink);
            return true;
        }
        if (!_isJson || JsonText.IsValid(text)) return false;
        if (Wanted.Bad == OnBad.Null)
        {
            SetNull(rows, row, values, sink);
            BadCells++;
        }
        else
        {
            Leave(rows, row, text, values, isUtf8: true);
        }
        return true;
    }

    void Leave(RowBatch rows, int row, ReadOnlySpan<byte> text, Text* values, bool isUtf8)
    {
        MakeOdd(rows.Base + row, values);
        Refuse(rows, row, text, isUtf8);
    }

    void SetNull(RowBatch rows, int row, Text* values, CellSink sink)
    {
        MakeOdd(rows.Base + row, values);
        sink.SetNull(Output, rows.Base + row);
    }

    void MakeOdd(int row, Text* values)
    {
        values[row] = default;
        _odd[row >> 6] |= 1UL << row;
        _hasOdd = true;
    }

    bool IsOdd(int row) => _hasOdd && (_odd[row >> 6] >> row & 1) != 0;
}
