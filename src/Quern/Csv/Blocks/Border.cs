using Quern.Csv.Scanning;

namespace Quern.Csv.Blocks;

/// <summary>What is known of the place where a block begins.</summary>
/// <param name="State">Where in a cell it is.</param>
/// <param name="AfterReturn">The byte before is a carriage return outside quotes.</param>
/// <param name="IsRowStart">A row begins there.</param>
readonly record struct Border(CellState State, bool AfterReturn, bool IsRowStart)
{
    /// <summary>The line of the byte behind it, from 1; 0 when lines are not counted.</summary>
    public long Line { get; init; }

    /// <summary>The byte before is a carriage return, even one between quotes; kept where lines are counted.</summary>
    public bool IsBehindReturn { get; init; }

    /// <summary>Where the data of a file begin.</summary>
    public static Border First => new(CellState.Start, AfterReturn: false, IsRowStart: true);
}
