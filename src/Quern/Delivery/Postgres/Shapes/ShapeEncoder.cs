using System.Buffers;
using Quern.Chunks;
using Quern.Delivery.Postgres.Binary;

namespace Quern.Delivery.Postgres.Shapes;

/// <summary>geometry and geography, from well-known text or binary; an empty text is NULL.</summary>
/// <param name="column">What the column takes.</param>
sealed unsafe class ShapeEncoder(ShapeColumn column) : FieldEncoder
{
    static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>Shapes so far that are outside of longitude and latitude, though their column says 4326.</summary>
    public long Far { get; private set; }

    protected override void Write(CopyBuffer to, VectorMemory from, int row)
    {
        var bytes = ((Text*)from.Data)[row].Bytes;
        if (bytes.IsEmpty)
        {
            to.Null();
            return;
        }
        var begin = to.Begin();
        var isFar = from.Type.Kind == TypeKind.Varchar && !IsHex(bytes)
            ? WktReader.Write(bytes, to, column)
            : WkbReader.Write(from.Type.Kind == TypeKind.Varchar ? Convert.FromHexString(bytes) : bytes, to, column);
        if (isFar) Far++;
        to.End(begin);
    }

    /// <summary>The server's own text of a shape: binary in hexadecimal digits.</summary>
    static bool IsHex(ReadOnlySpan<byte> text) => text is [(byte)'0', (byte)'0' or (byte)'1', ..] && text.Length % 2 == 0
        && !text.ContainsAnyExcept(Digits);
}
