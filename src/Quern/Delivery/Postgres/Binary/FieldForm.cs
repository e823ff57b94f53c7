namespace Quern.Delivery.Postgres.Binary;

/// <summary>How values of a column lie in a vector, where <see cref="Copying.RowEncoder"/> writes them by itself: a call of an encoder for
/// each value would cost more than the value.</summary>
enum FieldForm : byte
{
    /// <summary>Only the encoder knows.</summary>
    Encoded,

    /// <summary>A byte: true unless it is 0.</summary>
    Truth,

    /// <summary>4 bytes, sent as they are.</summary>
    Word,

    /// <summary>8 bytes, sent as they are.</summary>
    Long,

    /// <summary>Days since 1970.</summary>
    Days,

    /// <summary>Microseconds since 1970.</summary>
    Micros,

    /// <summary>A text without NUL characters.</summary>
    Text,

    /// <summary>A text, with the version of jsonb in front.</summary>
    Jsonb,
}
