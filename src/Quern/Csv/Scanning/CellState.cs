namespace Quern.Csv.Scanning;

/// <summary>Where in a cell a place between two bytes is.</summary>
enum CellState : byte
{
    /// <summary>Before the first byte of a cell.</summary>
    Start,

    /// <summary>Behind one blank at the start of a cell: a quote there still opens it.</summary>
    Blank,

    /// <summary>In a cell without quotes.</summary>
    Plain,

    /// <summary>Between quotes.</summary>
    Quoted,

    /// <summary>Between quotes, behind an escape that is not the quote itself.</summary>
    Escaped,

    /// <summary>Behind a quote that closes the cell, unless another follows.</summary>
    Closed,

    /// <summary>Behind a closing quote and blanks.</summary>
    ClosedBlank,

    /// <summary>In a line that is passed over.</summary>
    Comment,

    /// <summary><see cref="Start"/>, <see cref="Blank"/> or <see cref="Plain"/>: the two bytes before say which.</summary>
    Outside,
}
