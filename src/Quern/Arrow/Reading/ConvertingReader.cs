using Quern.Duck;

namespace Quern.Arrow.Reading;

/// <summary>Values of a fixed size that Arrow stores in another form than a vector.</summary>
/// <typeparam name="TFrom">As stored.</typeparam>
/// <typeparam name="TTo">Of the type's width.</typeparam>
/// <typeparam name="TForm">How one becomes the other.</typeparam>
/// <param name="source">The field.</param>
/// <param name="factor">What values are multiplied with, or divided by, or their limit: as the form says.</param>
sealed unsafe class ConvertingReader<TFrom, TTo, TForm>(LoadedField source, Int128 factor) : ColumnReader(source)
    where TFrom : unmanaged
    where TTo : unmanaged
    where TForm : struct, IReading<TFrom, TTo>
{
    protected override void WriteValues(VectorWriter to, int at, int from, int count)
    {
        var values = new ReadOnlySpan<TFrom>((TFrom*)Source.First(0) + from, count);
        var target = to.Values<TTo>().Slice(at, count);
        for (var row = 0; row < values.Length; row++)
        {
            if (TForm.TryRead(values[row], factor, out target[row]) || Source.IsNull(from + row)) continue;
            throw ArrowFaults.NoFit(Source.Field, from + row, values[row].ToString()!, TForm.Wanted);
        }
    }
}

/// <summary>How a value of Arrow's becomes one of a vector.</summary>
/// <typeparam name="TFrom">In the file.</typeparam>
/// <typeparam name="TTo">In the vector.</typeparam>
interface IReading<TFrom, TTo>
{
    /// <summary>What fits, for messages.</summary>
    static abstract string Wanted { get; }

    /// <summary>Converts; false when it does not fit.</summary>
    static abstract bool TryRead(TFrom value, Int128 factor, out TTo result);
}
