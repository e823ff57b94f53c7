using Quern.Arrow;
using Quern.Chunks;
using Quern.Duck;
using Quern.Folding.Expressions;

namespace Quern.Rollups.Answering;

/// <summary>Writes results as Arrow IPC, through vectors of the engine.</summary>
static class ResultArrow
{
    const long MicrosPerMinute = 60_000_000;

    /// <summary>Writes a file.</summary>
    public static void Write(QueryResult result, Stream to)
    {
        var schema = new Schema([.. result.Columns.Select(c => c.Type.Kind == TypeKind.Uuid ? new Column(c.Name, LogicalType.Of(TypeKind.Varchar)) : c)]);
        using var buffer = new ChunkBuffer(schema);
        using var writer = new ArrowWriter(to, schema);
        for (var from = 0; from < result.Rows; from += Chunk.Capacity)
        {
            var rows = Math.Min(Chunk.Capacity, result.Rows - from);
            var chunk = buffer.Writer;
            for (var c = 0; c < schema.Count; c++) Fill(chunk[c], result.Values[c], from, rows);
            chunk.Rows = rows;
            writer.Write(buffer.Read());
            buffer.Clear();
        }
        writer.Complete();
    }

    static void Fill(VectorWriter vector, ResultColumn column, int from, int rows)
    {
        var text = new CellBuffer();
        for (var i = 0; i < rows; i++)
        {
            if (column.IsNull(from + i))
            {
                vector.SetNull(i);
                continue;
            }
            switch (TypeClasses.Of(column.Type))
            {
                case TypeClass.Text or TypeClass.Uuid or TypeClass.Other:
                    text.Length = 0;
                    column.Write(text, from + i);
                    vector.SetText(i, text.Written);
                    break;
                case TypeClass.Real when column.Type.Kind == TypeKind.Float:
                    vector.Values<float>()[i] = (float)column.Real(from + i);
                    break;
                case TypeClass.Real:
                    vector.Values<double>()[i] = column.Real(from + i);
                    break;
                default:
                    var whole = column.Whole(from + i);
                    Put(vector, i, column.Bucket is not null && column.Type.Kind == TypeKind.Timestamp ? whole * MicrosPerMinute : whole);
                    break;
            }
        }
    }

    static void Put(VectorWriter vector, int row, Int128 value)
    {
        switch (vector.Type.Width)
        {
            case 1:
                vector.Values<byte>()[row] = (byte)value;
                break;
            case 2:
                vector.Values<short>()[row] = (short)value;
                break;
            case 4:
                vector.Values<int>()[row] = (int)value;
                break;
            case 8:
                vector.Values<long>()[row] = (long)value;
                break;
            default:
                vector.Values<Int128>()[row] = value;
                break;
        }
    }
}
