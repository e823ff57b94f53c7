using Quern.Arrow;
using Quern.Duck;
using Quern.Files;

namespace Quern.Delivery.Arrow;

/// <summary>An Arrow IPC file, replaced whole.</summary>
/// <param name="name">The place as the user wrote it.</param>
/// <param name="path">Its absolute path.</param>
/// <param name="options">How it is written; its batches have the rows of a shipment's row groups.</param>
sealed class ArrowFile(string name, string path, ArrowOptions options) : FileDestination(name, path)
{
    const int BufferBytes = 1 << 16;

    /// <inheritdoc/>
    public override string Kind => "arrow";

    private protected override long Copy(DuckSession session, string query, string path, Shipment shipment, CancellationToken cancel)
    {
        using var rows = session.Query(query, cancel);
        try
        {
            using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferBytes);
            using var writer = new ArrowWriter(stream, rows.Schema, options with { BatchRows = shipment.RowGroupRows });
            while (rows.Next() is { } chunk) writer.Write(chunk);
            return writer.Complete();
        }
        catch (IOException e) when (OutputFaults.DiskFull(e, Path, Name) is { } full)
        {
            throw full;
        }
    }
}
