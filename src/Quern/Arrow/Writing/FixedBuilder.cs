using Quern.Arrow.Buffers;
using Quern.Chunks;

namespace Quern.Arrow.Writing;

/// <summary>Values that Arrow stores as the vector does: whole numbers, floats, dates, times, wide decimals, indexes of an
/// enum.</summary>
/// <typeparam name="T">Of the type's width.</typeparam>
sealed unsafe class FixedBuilder<T> : ColumnBuilder where T : unmanaged
{
    readonly NativeBuffer _values = new();

    public override void Clear()
    {
        base.Clear();
        _values.Cut();
    }

    public override void Dispose()
    {
        _values.Dispose();
        base.Dispose();
    }

    protected override void AppendValues(Vector vector, int from, int count)
    {
        var bytes = count * sizeof(T);
        var to = (T*)_values.Reserve(bytes);
        vector.Values<T>().Slice(from, count).CopyTo(new Span<T>(to, count));
        ZeroNulls(to, vector, from, count);
        _values.Advance(bytes);
    }

    protected override void AddBuffers(BatchBody body) => body.AddBuffer(_values.Bytes);
}
