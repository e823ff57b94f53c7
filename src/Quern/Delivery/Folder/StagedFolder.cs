using Quern.Files;
using Quern.Running;

namespace Quern.Delivery.Folder;

/// <summary>A folder that is written beside its place.</summary>
/// <param name="to">The destination.</param>
/// <param name="folder">The folder.</param>
/// <param name="rows">Rows in the partitions that are new in it.</param>
/// <param name="bytes">Bytes of those.</param>
sealed class StagedFolder(Destination to, AtomicFolder folder, long rows, long bytes) : StagedOutput(rows)
{
    public override bool IsContended => true;

    public override string? Path => folder.StagePath;

    public override RunOutput Commit()
    {
        folder.Commit();
        return new RunOutput(to.Name, to.Kind, Rows, bytes);
    }

    public override void Dispose() => folder.Dispose();
}
