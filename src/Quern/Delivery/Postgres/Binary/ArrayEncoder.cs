using System.Runtime.CompilerServices;
using Quern.Chunks;

namespace Quern.Delivery.Postgres.Binary;

/// <summary>An array: dimensions, whether NULLs are among the elements, the element's type, size and first index of each dimension, the
/// elements (PostgreSQL source, array_recv). Lists of lists must be rectangular, as arrays of the server are.</summary>
/// <param name="element">Writes an element.</param>
/// <param name="elementOid">The element's type in the server.</param>
sealed unsafe class ArrayEncoder(FieldEncoder element, uint elementOid) : FieldEncoder
{
    /// <summary>The server's MAXDIM.</summary>
    const int MostDimensions = 6;

    /// <summary>Writes an element.</summary>
    public FieldEncoder Element => element;

    protected override void Write(CopyBuffer to, VectorMemory from, int row)
    {
        var sizes = stackalloc int[MostDimensions];
        var dimensions = 0;
        Measure(from, row, sizes, ref dimensions);
        var begin = to.Begin();
        var isEmpty = sizes[dimensions - 1] == 0;
        to.Int32(isEmpty ? 0 : dimensions);
        var flags = to.Length;
        to.Int32(0);
        to.Int32((int)elementOid);
        for (var i = 0; i < dimensions && !isEmpty; i++)
        {
            to.Int32(sizes[i]);
            to.Int32(1);
        }
        var hasNull = false;
        // Of an empty one, too: that the first inner list has no element says nothing of the others.
        Elements(to, from, row, sizes, 0, dimensions, ref hasNull);
        if (hasNull) to.From(flags)[3] = 1;
        to.End(begin);
    }

    static void Measure(VectorMemory from, int row, int* sizes, ref int dimensions)
    {
        for (var depth = 0; depth < MostDimensions; depth++)
        {
            var (offset, length) = Entry(from, row);
            sizes[dimensions++] = length;
            from = from.Children[0];
            row = offset;
            if (from.Type.Kind is not (TypeKind.List or TypeKind.Array) || length == 0) return;
            if (IsNull(from, row)) throw Ragged();
        }
        throw new UnfitException("QN8281", "a list has more dimensions than an array of PostgreSQL") { Wanted = "at most 6" };
    }

    void Elements(CopyBuffer to, VectorMemory from, int row, int* sizes, int depth, int dimensions, ref bool hasNull)
    {
        var (offset, length) = Entry(from, row);
        if (length != sizes[depth]) throw Ragged();
        var child = from.Children[0];
        for (var i = offset; i < offset + length; i++)
        {
            if (depth + 1 < dimensions)
            {
                if (IsNull(child, i)) throw Ragged();
                Elements(to, child, i, sizes, depth + 1, dimensions, ref hasNull);
                continue;
            }
            hasNull |= IsNull(child, i);
            element.WriteField(to, child, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsNull(VectorMemory from, int row) => from.Validity is not null && ((from.Validity[row >> 6] >> row) & 1) == 0;

    /// <summary>Where the elements of a row lie.</summary>
    public static (int Offset, int Length) Entry(VectorMemory from, int row)
    {
        if (from.Type.Kind == TypeKind.Array) return (row * from.Type.Length, from.Type.Length);
        var entry = ((ListEntry*)from.Data)[row];
        return ((int)entry.Offset, (int)entry.Length);
    }

    static UnfitException Ragged() => new("QN8281", "a list of lists has rows of different lengths, which an array of PostgreSQL cannot have")
    {
        Try = ["a column of type jsonb takes it"],
    };
}
