namespace Quern.Csv.Scanning;

/// <summary>What is wrong with the structure of a file.</summary>
enum Flaw : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A line end that is not the file's.</summary>
    LineEnd,

    /// <summary>Something between a closing quote and the end of the cell.</summary>
    AfterQuote,
}
