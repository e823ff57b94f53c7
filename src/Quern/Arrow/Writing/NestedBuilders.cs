using Quern.Arrow.Buffers;
using Quern.Chunks;

namespace Quern.Arrow.Writing;

/// <summary>NULL and nothing else: no buffer at all.</summary>
sealed class NullBuilder : ColumnBuilder
{
    public override void AddTo(BatchBody body) => body.AddNode(Rows, Rows);

    protected override void AppendValues(Vector vector, int from, int count)
    {
    }

    protected override void AddBuffers(BatchBody body)
    {
    }
}

/// <summary>Lists and maps: where each row's elements end, and the elements of all rows.</summary>
/// <param name="elements">Of the elements.</param>
/// <param name="elementBytes">Bytes of an element, without what varies.</param>
sealed unsafe class ListBuilder(ColumnBuilder elements, int elementBytes) : ColumnBuilder
{
    readonly NativeBuffer _ends = new();

    public override long VariableBytes(Vector vector, int from, int count)
    {
        var bytes = 0L;
        var lists = vector.Lists;
        var child = vector.Child;
        for (var row = from; row < from + count; row++)
        {
            if (vector.IsNull(row) || lists[row].Length == 0) continue;
            var (offset, length) = lists[row];
            bytes += ((long)length * elementBytes) + elements.VariableBytes(child, (int)offset, (int)length);
        }
        return bytes;
    }

    public override void Clear()
    {
        base.Clear();
        _ends.Cut();
        elements.Clear();
    }

    public override void Dispose()
    {
        _ends.Dispose();
        elements.Dispose();
        base.Dispose();
    }

    protected override void AppendValues(Vector vector, int from, int count)
    {
        if (_ends.Length == 0) _ends.AppendZeros(sizeof(int));
        var ends = (int*)_ends.Reserve(count * sizeof(int));
        var lists = vector.Lists;
        var child = vector.Child;
        // Elements of rows that follow each other mostly lie one behind the other: they are appended together.
        var (start, end) = (0, 0);
        for (var row = 0; row < count; row++)
        {
            if (!vector.IsNull(from + row) && lists[from + row] is { Length: > 0 } list)
            {
                if ((int)list.Offset != end)
                {
                    if (end > start) elements.Append(child, start, end - start);
                    start = (int)list.Offset;
                }
                end = (int)(list.Offset + list.Length);
            }
            ends[row] = elements.Rows + end - start;
        }
        if (end > start) elements.Append(child, start, end - start);
        _ends.Advance(count * sizeof(int));
    }

    protected override void AddBuffers(BatchBody body)
    {
        body.AddBuffer(_ends.Bytes);
        elements.AddTo(body);
    }
}

/// <summary>Arrays: as many elements a row, without ends.</summary>
/// <param name="elements">Of the elements.</param>
/// <param name="length">Elements a row.</param>
sealed class ArrayBuilder(ColumnBuilder elements, int length) : ColumnBuilder
{
    public override long VariableBytes(Vector vector, int from, int count) =>
        elements.VariableBytes(vector.Child, from * length, count * length);

    public override void Clear()
    {
        base.Clear();
        elements.Clear();
    }

    public override void Dispose()
    {
        elements.Dispose();
        base.Dispose();
    }

    protected override void AppendValues(Vector vector, int from, int count) =>
        elements.Append(vector.Child, from * length, count * length);

    protected override void AddBuffers(BatchBody body) => elements.AddTo(body);
}

/// <summary>Structs: the fields have a row each for every row.</summary>
/// <param name="fields">Of the fields.</param>
sealed class StructBuilder(ColumnBuilder[] fields) : ColumnBuilder
{
    public override long VariableBytes(Vector vector, int from, int count)
    {
        var bytes = 0L;
        for (var i = 0; i < fields.Length; i++) bytes += fields[i].VariableBytes(vector.Field(i), from, count);
        return bytes;
    }

    public override void Clear()
    {
        base.Clear();
        foreach (var field in fields) field.Clear();
    }

    public override void Dispose()
    {
        foreach (var field in fields) field.Dispose();
        base.Dispose();
    }

    protected override void AppendValues(Vector vector, int from, int count)
    {
        for (var i = 0; i < fields.Length; i++) fields[i].Append(vector.Field(i), from, count);
    }

    protected override void AddBuffers(BatchBody body)
    {
        foreach (var field in fields) field.AddTo(body);
    }
}
