namespace Quern.Csv;

/// <summary>What happens on a cell that cannot be read as the type of its column.</summary>
enum OnBad
{
    /// <summary>The read ends with QN3001, which names the place; or the row is set aside, where rows are.</summary>
    Fail,

    /// <summary>The cell is NULL, and counted.</summary>
    Null,

    /// <summary>The cell is 0, and counted; for columns of numbers.</summary>
    Zero,
}
