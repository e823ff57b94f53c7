using Quern.Chunks;
using Quern.Delivery.Postgres.Binary;
using Quern.Delivery.Postgres.Typing;

namespace Quern.Delivery.Postgres.Copying;

/// <summary>Writes rows as COPY BINARY has them: the number of fields, then each field with its length in front.</summary>
/// <param name="routes">The columns.</param>
/// <param name="originals">Of each column, where the value stands that a cast was made from; -1 when there was no cast.</param>
sealed class RowEncoder(IReadOnlyList<ColumnRoute> routes, IReadOnlyList<int> originals)
{
    readonly FieldEncoder[] _encoders = [.. routes.Select(r => r.Encoder)];
    readonly bool[] _isChecked = [.. originals.Select(o => o >= 0)];

    /// <summary>Writes a row; leaves nothing of one that does not fit.</summary>
    /// <returns>What is wrong with the row; null when it is written.</returns>
    public (UnfitException Why, int Column)? Write(CopyBuffer to, ReadOnlySpan<VectorMemory> columns, int row)
    {
        var start = to.Length;
        var column = 0;
        try
        {
            to.Int16((short)_encoders.Length);
            for (; column < _encoders.Length; column++)
            {
                _encoders[column].WriteField(to, columns[column], row);
                if (_isChecked[column] && IsLost(columns[column], columns[originals[column]], row)) throw Lost(column);
            }
            if (to.Length - start > CopyBuffer.MostFieldBytes)
                throw new UnfitException("QN8281", "a row is larger than the server takes") { Wanted = "at most 1 GiB" };
            return null;
        }
        catch (UnfitException e)
        {
            to.Cut(start);
            return (e, Math.Min(column, _encoders.Length - 1));
        }
    }

    static bool IsLost(VectorMemory cast, VectorMemory original, int row) =>
        new Vector(cast).IsNull(row) && !new Vector(original).IsNull(row);

    UnfitException Lost(int column) => new("QN8281", $"a value is no {routes[column].Target.Type}") { Wanted = routes[column].Target.Type };
}
