using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quern.Chunks;

namespace Quern.Delivery.Sqlite.Values;

/// <summary>Values of a fixed width that are spelled as short texts.</summary>
/// <typeparam name="T">As they lie in the vector.</typeparam>
/// <typeparam name="TSpelling">How they are spelled.</typeparam>
sealed unsafe class SpelledBinder<T, TSpelling> : ColumnBinder
    where T : unmanaged, IEquatable<T>
    where TSpelling : struct, ISpelling<T>
{
    readonly TSpelling _spelling;
    readonly int _most;
    readonly int[] _lengths;
    byte* _texts;

    /// <summary>For groups of rows.</summary>
    /// <param name="spelling">How values are spelled.</param>
    /// <param name="most">The most rows of a group.</param>
    public SpelledBinder(TSpelling spelling, int most)
    {
        _spelling = spelling;
        _most = most;
        _lengths = new int[most];
        _texts = (byte*)NativeMemory.Alloc((nuint)most, TimeText.MaxBytes);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Bind(nint statement, Vector vector, int row, int count, int parameter, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _most);
        var values = vector.Values<T>();
        var isFull = vector.AllValid;
        var earlier = -1;
        for (var i = 0; i < count; i++, parameter += stride)
        {
            if (!isFull && vector.IsNull(row + i))
            {
                BindNull(statement, parameter);
                continue;
            }
            // Days and moments come in runs: what was just spelled is bound again.
            if (earlier < 0 || !values[row + i].Equals(values[row + earlier]))
            {
                _lengths[i] = _spelling.Write(new Span<byte>(_texts + (i * TimeText.MaxBytes), TimeText.MaxBytes), values[row + i]);
                earlier = i;
            }
            BindText(statement, parameter, _texts + (earlier * TimeText.MaxBytes), _lengths[earlier]);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        NativeMemory.Free(_texts);
        _texts = null;
    }
}
