using Quern.Duck;
using Quern.Files;

namespace Quern.Delivery;

/// <summary>A file that the engine writes, replaced whole.</summary>
/// <param name="name">The place as the user wrote it.</param>
/// <param name="path">Its absolute path.</param>
abstract class FileDestination(string name, string path) : Destination(name, path)
{
    /// <inheritdoc/>
    public sealed override string Effect => File.Exists(Path) ? "replaces the file" : "makes the file";

    /// <inheritdoc/>
    public override void Check()
    {
        AtomicFile.Check(Path, Name);
        if (MustBeNew && File.Exists(Path)) throw Occupied();
    }

    /// <inheritdoc/>
    internal sealed override StagedOutput? Stage(DuckDatabase database, Shipment shipment, CancellationToken cancel)
    {
        if (shipment.Rows == 0 && !shipment.AllowEmpty && File.Exists(Path)) return null;
        using var session = database.Connect();
        var file = AtomicFile.Create(Path, Name);
        try
        {
            var rows = Write(database, () => Copy(session, shipment.Query, file.TempPath, shipment, cancel));
            Confirm(shipment.Rows ?? rows, rows);
            return new StagedFile(this, file, rows);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes the rows of a query, in their order, to a new file.</summary>
    /// <param name="session">The engine.</param>
    /// <param name="query">The rows.</param>
    /// <param name="path">Absolute path of the file.</param>
    /// <param name="shipment">What the rows are.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The rows in the file, as its writer or its footer says.</returns>
    /// <exception cref="QuernException">The engine cannot write the file.</exception>
    private protected abstract long Copy(DuckSession session, string query, string path, Shipment shipment, CancellationToken cancel);
}
