using System.Runtime.CompilerServices;
using System.Numerics;
using Vector = Quern.Chunks.Vector;
using Quern.Delivery.Sqlite.Native;

namespace Quern.Delivery.Sqlite.Values;

/// <summary>Whole numbers that fit 63 bits and a sign; booleans, which are 0 and 1.</summary>
/// <typeparam name="T">As they lie in the vector.</typeparam>
sealed class WholeBinder<T> : ColumnBinder where T : unmanaged, IBinaryInteger<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Bind(nint statement, Vector vector, int row, int count, int parameter, int stride)
    {
        var values = vector.Values<T>();
        var isFull = vector.AllValid;
        for (var end = row + count; row < end; row++, parameter += stride)
        {
            var code = isFull || !vector.IsNull(row)
                ? SqliteApi.sqlite3_bind_int64(statement, parameter, long.CreateTruncating(values[row]))
                : SqliteApi.sqlite3_bind_null(statement, parameter);
            if (code != SqliteApi.Ok) Check(code, parameter);
        }
    }
}
