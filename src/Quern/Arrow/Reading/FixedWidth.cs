using Quern.Arrow.Metadata;

namespace Quern.Arrow.Reading;

/// <summary>Bytes of values of a fixed size.</summary>
static class FixedWidth
{
    /// <summary>Bytes of a value; 0 for kinds that have no fixed size, and for bits.</summary>
    public static int Bytes(Field field) => field.Kind switch
    {
        FieldKind.Int or FieldKind.Float or FieldKind.Decimal or FieldKind.Date or FieldKind.Time => field.Bits / 8,
        FieldKind.Timestamp or FieldKind.Duration => 8,
        FieldKind.Interval => field.Unit switch { Field.YearMonth => 4, Field.DayTime => 8, _ => 16 },
        FieldKind.FixedSizeBinary => field.Size,
        FieldKind.Utf8View or FieldKind.BinaryView => 16,
        _ => 0,
    };

    /// <summary>Bytes of rows.</summary>
    public static long Bytes(Field field, long rows) => field.Kind == FieldKind.Bool ? (rows + 7) / 8 : rows * Bytes(field);
}
