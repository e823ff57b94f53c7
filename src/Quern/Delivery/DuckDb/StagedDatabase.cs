using Quern.Files;
using Quern.Running;

namespace Quern.Delivery.DuckDb;

/// <summary>A new database that is made beside its place.</summary>
/// <param name="to">The destination.</param>
/// <param name="file">The database.</param>
/// <param name="rows">Rows in it.</param>
/// <param name="intoOther">Stages the rows in the database that another run has put there meanwhile.</param>
/// <param name="repeated">Rows that were left out because others have their key. Default: none.</param>
sealed class StagedDatabase(Destination to, AtomicFile file, long rows, Func<StagedOutput?> intoOther, long repeated = 0) : StagedOutput(rows)
{
    public override bool IsContended => true;

    public override long Repeated => repeated;

    public override string? Path => file.TempPath;

    public override RunOutput Commit()
    {
        if (file.CommitNew() is { } size) return new RunOutput(to.Name, to.Kind, Rows, size);
        using var other = intoOther();
        // Without rows, and without leave to empty the table, the other run's database stays as it is.
        return other?.Commit() ?? new RunOutput(to.Name, to.Kind, 0, new FileInfo(to.Path).Length);
    }

    public override void Dispose() => file.Dispose();
}
