namespace Quern.Files;

/// <summary>What reading a gzip file through has shown.</summary>
/// <param name="CompressedBytes">Bytes read from the file: all of them, or up to where it breaks (then exact to 8 KiB,
/// and exact for a file cut short).</param>
/// <param name="ContentBytes">Bytes of content that came out before that.</param>
/// <param name="Fault">Null when every member is there to its last byte and its checksum is right; else what is wrong, and where.</param>
sealed record GzipCheck(long CompressedBytes, long ContentBytes, Fault? Fault)
{
    /// <summary>
    /// Reads a gzip file to its end and keeps nothing: for the error path, to tell "cut short" from "not understood".
    /// </summary>
    /// <param name="path">The file, whatever its name.</param>
    /// <param name="name">How the fault names it; default: <paramref name="path"/>.</param>
    /// <param name="cancel">Ends a long check.</param>
    /// <exception cref="QuernException">QN2001, QN2004, QN2009: the file cannot be opened.</exception>
    public static GzipCheck Run(string path, string? name = null, CancellationToken cancel = default)
    {
        using var input = new GzipInput(path, name);
        var buffer = new byte[1 << 16];
        try
        {
            while (input.Read(buffer) > 0) cancel.ThrowIfCancellationRequested();
            return new(input.CompressedBytes, input.ContentBytes, null);
        }
        catch (QuernException e)
        {
            return new(input.CompressedBytes, input.ContentBytes, e.Fault);
        }
    }
}
