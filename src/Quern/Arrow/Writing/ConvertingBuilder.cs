using Quern.Arrow.Buffers;
using Quern.Chunks;

namespace Quern.Arrow.Writing;

/// <summary>Values of a fixed size that Arrow stores in another form than the vector.</summary>
/// <typeparam name="TFrom">Of the type's width.</typeparam>
/// <typeparam name="TTo">As stored.</typeparam>
/// <typeparam name="TForm">How one becomes the other.</typeparam>
sealed unsafe class ConvertingBuilder<TFrom, TTo, TForm>(Column column) : ColumnBuilder
    where TFrom : unmanaged
    where TTo : unmanaged
    where TForm : struct, IForm<TFrom, TTo>
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
        var bytes = count * sizeof(TTo);
        var to = (TTo*)_values.Reserve(bytes);
        var values = vector.Values<TFrom>().Slice(from, count);
        for (var row = 0; row < values.Length; row++)
        {
            // What lies in a NULL row may be anything: it is not refused, but zeroed below.
            if (!TForm.TryConvert(values[row], out to[row]) && !vector.IsNull(from + row)) throw Refused(vector, from + row);
        }
        ZeroNulls(to, vector, from, count);
        _values.Advance(bytes);
    }

    protected override void AddBuffers(BatchBody body) => body.AddBuffer(_values.Bytes);

    QuernException Refused(Vector vector, int row)
    {
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        ValueText.Write(text, vector, row);
        return new(new Fault("QN8151", "a value does not fit the Arrow type of its column")
        {
            Where = $"column \"{column.Name}\", {column.Type}",
            Value = System.Text.Encoding.UTF8.GetString(text.WrittenSpan),
            Wanted = TForm.Wanted,
            Try = [$"cast it in SQL: \"{column.Name}\"::VARCHAR"],
        });
    }
}
