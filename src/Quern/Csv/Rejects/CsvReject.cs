namespace Quern.Csv.Rejects;

/// <summary>A row that is set aside: where it stands, and what is wrong with it.</summary>
/// <param name="File">Its file.</param>
/// <param name="At">Its first byte in the (uncompressed) file, from 0; -1 in a file without such places.</param>
/// <param name="Line">Its first line, from 1; null when that is not known yet.</param>
/// <param name="Column">The column of the cell that is wrong; null when it is the row.</param>
/// <param name="Code">The code of the fault.</param>
/// <param name="Message">What is wrong, with the value.</param>
readonly record struct CsvReject(CsvFile File, long At, long? Line, string? Column, string Code, string Message)
{
    /// <summary>Where the quote stands that is never closed; null when that is not what is wrong.</summary>
    public long? OpenAt { get; init; }
}
