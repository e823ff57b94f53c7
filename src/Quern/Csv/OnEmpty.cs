namespace Quern.Csv;

/// <summary>What a cell without a byte is; a quoted one without a byte between its quotes is the same.</summary>
enum OnEmpty
{
    /// <summary>A value as any other: the empty text; a bad value where the column is not of text.</summary>
    Value,

    /// <summary>NULL.</summary>
    Null,
}
