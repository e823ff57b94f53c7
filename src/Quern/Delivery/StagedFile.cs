using Quern.Files;
using Quern.Running;

namespace Quern.Delivery;

/// <summary>A file that is written beside its place.</summary>
/// <param name="to">The destination.</param>
/// <param name="file">The file.</param>
/// <param name="rows">Rows in it, as its writer or its footer says.</param>
sealed class StagedFile(Destination to, AtomicFile file, long rows) : StagedOutput(rows)
{
    public override string? Path => file.TempPath;

    public override RunOutput Commit() =>
        new(to.Name, to.Kind, Rows, to.MustBeNew ? file.CommitNew() ?? throw to.Occupied() : file.Commit());

    public override void Dispose() => file.Dispose();
}
