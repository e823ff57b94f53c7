using System.Text;
using System.Text.Json;
using Quern.Chunks;

namespace Quern.Rollups.Answering;

/// <summary>Writes results as text.</summary>
static class ResultText
{
    const int Piece = 1 << 16;

    /// <summary>CSV.</summary>
    public static void Csv(QueryResult result, Stream to)
    {
        var buffer = new CellBuffer();
        for (var c = 0; c < result.Columns.Count; c++)
        {
            if (c > 0) buffer.Add((byte)',');
            Quoted(buffer, Encoding.UTF8.GetBytes(result.Columns[c].Name), result.Columns.Count == 1);
        }
        buffer.Add((byte)'\n');
        for (var row = 0; row < result.Rows; row++)
        {
            for (var c = 0; c < result.Values.Count; c++)
            {
                if (c > 0) buffer.Add((byte)',');
                Cell(buffer, result.Values[c], row);
            }
            buffer.Add((byte)'\n');
            if (buffer.Length < Piece) continue;
            to.Write(buffer.Written);
            buffer.Length = 0;
        }
        to.Write(buffer.Written);
    }

    /// <summary>A list of objects, a line each.</summary>
    public static void Json(QueryResult result, Stream to)
    {
        var names = result.Columns.Select(c => Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(c.Name)}\":")).ToArray();
        var buffer = new CellBuffer();
        buffer.Add((byte)'[');
        for (var row = 0; row < result.Rows; row++)
        {
            buffer.Add(row == 0 ? "\n{"u8 : ",\n{"u8);
            for (var c = 0; c < names.Length; c++)
            {
                if (c > 0) buffer.Add((byte)',');
                buffer.Add(names[c]);
                JsonCell(buffer, result.Values[c], row);
            }
            buffer.Add((byte)'}');
            if (buffer.Length < Piece) continue;
            to.Write(buffer.Written);
            buffer.Length = 0;
        }
        buffer.Add("\n]\n"u8);
        to.Write(buffer.Written);
    }

    static void JsonCell(CellBuffer buffer, ResultColumn column, int row)
    {
        if (column.IsNull(row))
        {
            buffer.Add("null"u8);
            return;
        }
        var isNumber = column.Type.Kind is TypeKind.Boolean or (>= TypeKind.TinyInt and <= TypeKind.Double) or TypeKind.HugeInt or TypeKind.Decimal
            && column.Value(row) is not double.NaN and not double.PositiveInfinity and not double.NegativeInfinity;
        if (isNumber)
        {
            column.Write(buffer, row);
            return;
        }
        var text = new CellBuffer();
        column.Write(text, row);
        buffer.Add((byte)'"');
        buffer.Add(JsonEncodedText.Encode(text.Written).EncodedUtf8Bytes);
        buffer.Add((byte)'"');
    }

    static void Cell(CellBuffer buffer, ResultColumn column, int row)
    {
        if (column.IsNull(row)) return;
        var from = buffer.Length;
        column.Write(buffer, row);
        if (column.Type.Kind is not (TypeKind.Varchar or TypeKind.Uuid)) return;
        var text = buffer.Written[from..];
        if (text.Length > 0 && text.IndexOfAny("\",\n\r"u8) < 0) return;
        var copy = text.ToArray();
        buffer.Length = from;
        Quoted(buffer, copy, true);
    }

    // An empty text needs quotes, so that it is not NULL.
    static void Quoted(CellBuffer buffer, ReadOnlySpan<byte> text, bool whenEmpty)
    {
        if (text.IndexOfAny("\",\n\r"u8) < 0 && !(text.IsEmpty && whenEmpty))
        {
            buffer.Add(text);
            return;
        }
        buffer.Add((byte)'"');
        foreach (var value in text)
        {
            if (value == '"') buffer.Add(value);
            buffer.Add(value);
        }
        buffer.Add((byte)'"');
    }
}
