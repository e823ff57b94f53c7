using System.Numerics;
using Quern.Arrow.Metadata;
using Quern.Duck;

namespace Quern.Arrow.Reading;

/// <summary>Lists and maps: ends, and the elements of all rows.</summary>
/// <typeparam name="T">Of the ends.</typeparam>
/// <param name="source">The field.</param>
/// <param name="elements">Of the elements.</param>
sealed unsafe class ListReader<T>(LoadedField source, ColumnReader elements) : ColumnReader(source)
    where T : unmanaged, IBinaryInteger<T>
{
    public override void Begin()
    {
        elements.Begin();
        if (Source.Field.Kind != FieldKind.Map) return;
        var entries = Source.Children[0];
        for (var row = 0; row < entries.Rows; row++)
        {
            if (entries.IsNull(row) || entries.Children[0].IsNull(row))
                throw new InvalidDataException($"column \"{Source.Field.Name}\": a key of a map is NULL");
        }
    }

    protected override void WriteValues(VectorWriter to, int at, int from, int count)
    {
        if (count == 0) return;
        var ends = (T*)Source.First(0) + from;
        var most = Source.Children[0].Rows;
        // Elements of rows that follow each other are written together, unless a NULL row hides some between them.
        var (target, first, last) = (-1, 0, 0);
        for (var row = 0; row < count; row++)
        {
            var (start, end) = (long.CreateTruncating(ends[row]), long.CreateTruncating(ends[row + 1]));
            if (start < 0 || end < start || end > most)
                throw new InvalidDataException($"column \"{Source.Field.Name}\": a list lies outside of its elements");
            if (Source.IsNull(from + row)) continue;
            if (target >= 0 && start != last)
            {
                elements.Write(to.Child, target, first, last - first);
                target = -1;
            }
            var added = to.AddList(at + row, (int)(end - start));
            if (target < 0) (target, first) = (added, (int)start);
            last = (int)end;
        }
        if (target >= 0) elements.Write(to.Child, target, first, last - first);
    }
}

/// <summary>Arrays: as many elements a row.</summary>
/// <param name="source">The field.</param>
/// <param name="elements">Of the elements.</param>
sealed class ArrayReader(LoadedField source, ColumnReader elements) : ColumnReader(source)
{
    public override void Begin() => elements.Begin();

    protected override void WriteValues(VectorWriter to, int at, int from, int count)
    {
        var size = Source.Field.Size;
        elements.Write(to.Child, at * size, from * size, count * size);
    }
}

/// <summary>Structs: the fields have a row each for every row.</summary>
/// <param name="source">The field.</param>
/// <param name="fields">Of the fields.</param>
sealed class StructReader(LoadedField source, ColumnReader[] fields) : ColumnReader(source)
{
    public override void Begin()
    {
        foreach (var field in fields) field.Begin();
    }

    protected override void WriteValues(VectorWriter to, int at, int from, int count)
    {
        for (var i = 0; i < fields.Length; i++) fields[i].Write(to.Field(i), at, from, count);
    }
}
