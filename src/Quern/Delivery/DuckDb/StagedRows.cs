using Quern.Duck;
using Quern.Running;

namespace Quern.Delivery.DuckDb;

/// <summary>Rows in an open transaction of a database that exists.</summary>
/// <param name="to">The destination.</param>
/// <param name="database">The engine.</param>
/// <param name="attached">The database.</param>
/// <param name="rows">Rows that the transaction puts there.</param>
sealed class StagedRows(Destination to, DuckDatabase database, AttachedDatabase attached, long rows) : StagedOutput(rows)
{
    public override bool IsContended => true;

    public override (DuckSession Session, string Relation)? Table => attached.Table;

    public override RunOutput Commit()
    {
        to.Write(database, () =>
        {
            attached.Commit();
            return Rows;
        });
        Tidy();
        attached.Dispose();
        return new RunOutput(to.Name, to.Kind, Rows, Size());
    }

    public override void Dispose() => attached.Dispose();

    // The rows are there: a size that cannot be read is no failure any more.
    long? Size() => new FileInfo(to.Path) is { Exists: true } file ? file.Length : null;

    // The rows are there already, if need be in the log, which whoever opens the database next reads.
    void Tidy()
    {
        try
        {
            attached.Checkpoint();
        }
        catch (QuernException e) when (e.Fault is DuckFault)
        {
            // A full disk: the log stays until there is room.
        }
    }
}
