using System.Runtime.CompilerServices;
using Quern.Chunks;
using Quern.Delivery.Sqlite.Native;

namespace Quern.Delivery.Sqlite.Values;

/// <summary>Numbers that SQLite stores as doubles.</summary>
/// <typeparam name="T">As they lie in the vector.</typeparam>
/// <typeparam name="TForm">How they become doubles.</typeparam>
/// <param name="form">How they become doubles.</param>
/// <param name="nanIsNull">Whether NaN is NULL, which SQLite makes of it; else it is an error.</param>
sealed class RealBinder<T, TForm>(TForm form, bool nanIsNull) : ColumnBinder
    where T : unmanaged
    where TForm : struct, IRealForm<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Bind(nint statement, Vector vector, int row, int count, int parameter, int stride)
    {
        var values = vector.Values<T>();
        var isFull = vector.AllValid;
        for (var end = row + count; row < end; row++, parameter += stride)
        {
            if (!isFull && vector.IsNull(row))
            {
                BindNull(statement, parameter);
                continue;
            }
            var value = form.Of(values[row]);
            if (double.IsNaN(value) && !nanIsNull) throw new UnfitValueException(UnfitReason.Nan, row);
            var code = SqliteApi.sqlite3_bind_double(statement, parameter, value);
            if (code != SqliteApi.Ok) Check(code, parameter);
        }
    }
}
