using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Quern.Chunks;
using Vector = Quern.Chunks.Vector;

namespace Quern.Delivery.Sqlite.Values;

/// <summary>Names of an enum.</summary>
/// <typeparam name="T">Of the index in the vector.</typeparam>
sealed unsafe class EnumBinder<T> : ColumnBinder where T : unmanaged, IBinaryInteger<T>
{
    readonly byte[] _bytes;
    readonly int[] _starts;

    /// <summary>For the names of a type.</summary>
    public EnumBinder(LogicalType type)
    {
        _starts = new int[type.EnumNames.Count + 1];
        for (var i = 0; i < type.EnumNames.Count; i++) _starts[i + 1] = _starts[i] + Encoding.UTF8.GetByteCount(type.EnumNames[i]);
        _bytes = GC.AllocateUninitializedArray<byte>(Math.Max(_starts[^1], 1), pinned: true);
        for (var i = 0; i < type.EnumNames.Count; i++) Encoding.UTF8.GetBytes(type.EnumNames[i], _bytes.AsSpan(_starts[i]));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Bind(nint statement, Vector vector, int row, int count, int parameter, int stride)
    {
        var values = vector.Values<T>();
        var first = (byte*)Unsafe.AsPointer(ref _bytes[0]);
        for (var end = row + count; row < end; row++, parameter += stride)
        {
            if (vector.IsNull(row))
            {
                BindNull(statement, parameter);
                continue;
            }
            var index = int.CreateTruncating(values[row]);
            var length = _starts[index + 1] - _starts[index];
            // A name with a NUL is so rare that it is refused where it is met.
            if (_bytes.AsSpan(_starts[index], length).Contains((byte)0)) throw new UnfitValueException(UnfitReason.Nul, row);
            BindText(statement, parameter, first + _starts[index], length);
        }
    }
}
