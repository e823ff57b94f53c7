using Quern.Chunks;

namespace Quern.Delivery.Postgres.Binary;

/// <summary>Writes values of one column as the server's <c>_recv</c> function of its type reads them (PostgreSQL source,
/// src/backend/utils/adt).</summary>
abstract unsafe class FieldEncoder
{
    /// <summary>Writes a field: NULL, or the value with its length in front.</summary>
    /// <exception cref="UnfitException">The value does not fit the column.</exception>
    public void WriteField(CopyBuffer to, VectorMemory from, int row)
    {
        var validity = from.Validity;
        if (validity is not null && ((validity[row >> 6] >> row) & 1) == 0) to.Null();
        else Write(to, from, row);
    }

    /// <summary>How values of a type lie, where they can be written without this encoder. Default: only the encoder knows.</summary>
    public virtual FieldForm Form(LogicalType from) => FieldForm.Encoded;

    /// <summary>Writes a value that is not NULL, with its length in front.</summary>
    protected abstract void Write(CopyBuffer to, VectorMemory from, int row);

    /// <summary>What a value of a whole number is that the column cannot hold.</summary>
    protected static UnfitException OutOfRange(string type) => new("QN8281", $"a number is too large or too small for {type}");
}
