namespace Quern.Csv;

/// <summary>How the bytes of a file stand for characters.</summary>
/// <remarks>What is not UTF-8 becomes UTF-8 while it is read, by one thread for each file; a place given as a byte is then one of
/// the UTF-8.</remarks>
public enum CsvEncoding
{
    /// <summary>UTF-8; a byte order mark of UTF-16 is an error that says so.</summary>
    Utf8,

    /// <summary>UTF-16, in the order that its byte order mark says; little endian without one.</summary>
    Utf16,

    /// <summary>ISO 8859-1: a byte is a character.</summary>
    Latin1,

    /// <summary>Windows code page 1252.</summary>
    Windows1252,
}
