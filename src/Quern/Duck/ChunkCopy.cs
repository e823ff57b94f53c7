using Quern.Chunks;

namespace Quern.Duck;

/// <summary>Copies rows from any chunk into DuckDB's memory.</summary>
static class ChunkCopy
{
    /// <summary>Copies rows <paramref name="from"/> to from + count of a vector to rows <paramref name="to"/> and on of
    /// a writer of the same type.</summary>
    public static void Rows(Vector source, int from, VectorWriter target, int to, int count)
    {
        switch (source.Type.Width)
        {
            case 1: Fixed<byte>(source, from, target, to, count); break;
            case 2: Fixed<ushort>(source, from, target, to, count); break;
            case 4: Fixed<uint>(source, from, target, to, count); break;
            case 8: Fixed<ulong>(source, from, target, to, count); break;
            case 16 when source.Type.IsText: Texts(source, from, target, to, count); break;
            case 16 when source.Type.IsNested: Lists(source, from, target, to, count); break;
            case 16: Fixed<UInt128>(source, from, target, to, count); break;
        }
        switch (source.Type.Kind)
        {
            case TypeKind.Array:
                var length = source.Type.Length;
                Rows(source.Child, from * length, target.Child, to * length, count * length);
                break;
            case TypeKind.Union:
                Rows(source.Tag, from, target.Tag, to, count);
                goto case TypeKind.Struct;
            case TypeKind.Struct:
                for (var i = 0; i < source.Type.Fields.Count; i++) Rows(source.Field(i), from, target.Field(i), to, count);
                break;
        }
        if (source.AllValid) return;
        for (var row = 0; row < count; row++)
        {
            if (source.IsNull(from + row)) target.SetNull(to + row);
        }
    }

    static void Fixed<T>(Vector source, int from, VectorWriter target, int to, int count) where T : unmanaged =>
        source.Values<T>().Slice(from, count).CopyTo(target.Values<T>()[to..]);

    static void Texts(Vector source, int from, VectorWriter target, int to, int count)
    {
        var texts = source.Texts.Slice(from, count);
        for (var row = 0; row < count; row++)
        {
            if (!source.IsNull(from + row)) target.SetCheckedText(to + row, texts[row].Bytes);
        }
    }

    static void Lists(Vector source, int from, VectorWriter target, int to, int count)
    {
        var lists = source.Lists.Slice(from, count);
        for (var row = 0; row < count; row++)
        {
            if (source.IsNull(from + row)) continue;
            var (offset, length) = lists[row];
            var first = target.AddList(to + row, (int)length);
            Rows(source.Child, (int)offset, target.Child, first, (int)length);
        }
    }
}
