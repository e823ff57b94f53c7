namespace Quern.Csv.Scanning;

/// <summary>How the lines of a file end.</summary>
enum LineEnd
{
    /// <summary>A line feed.</summary>
    Lf,

    /// <summary>A carriage return and a line feed.</summary>
    CrLf,

    /// <summary>A carriage return alone.</summary>
    Cr,
}
