namespace Quern.Csv;

/// <summary>What happens on a cell that cannot be read as the type of its column.</summary>
enum OnBad
{
    /// <summary>The read ends with QN3001, which names the place.</summary>
    Fail,

    /// <summary>The cell is NULL.</summary>
    Null,
}
