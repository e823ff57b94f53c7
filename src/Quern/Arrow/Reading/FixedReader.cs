using Quern.Duck;

namespace Quern.Arrow.Reading;

/// <summary>Values that Arrow stores as a vector does.</summary>
/// <typeparam name="T">Of the type's width.</typeparam>
sealed unsafe class FixedReader<T>(LoadedField source) : ColumnReader(source) where T : unmanaged
{
    protected override void WriteValues(VectorWriter to, int at, int from, int count) =>
        new ReadOnlySpan<T>((T*)Source.First(0) + from, count).CopyTo(to.Values<T>()[at..]);
}

/// <summary>Bits that become bytes.</summary>
sealed unsafe class BoolReader(LoadedField source) : ColumnReader(source)
{
    protected override void WriteValues(VectorWriter to, int at, int from, int count)
    {
        var bits = Source.First(0);
        var values = to.Values<byte>().Slice(at, count);
        for (var row = 0; row < values.Length; row++)
            values[row] = (byte)(bits[(from + row) >> 3] >> ((from + row) & 7) & 1);
    }
}

/// <summary>A field without values: all rows are NULL.</summary>
sealed class NullReader(LoadedField source) : ColumnReader(source)
{
    protected override void WriteValues(VectorWriter to, int at, int from, int count)
    {
        for (var row = 0; row < count; row++) to.SetNull(at + row);
    }
}
