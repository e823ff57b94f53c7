using Quern.Delivery.Postgres.Sessions;
using Quern.Running;

namespace Quern.Delivery.Postgres;

/// <summary>Rows in an open transaction of the database.</summary>
/// <param name="to">The destination.</param>
/// <param name="work">Holds the transaction.</param>
sealed class StagedLoad(PostgresTable to, LoadAttempt work) : StagedOutput(work.Confirmed)
{
    public override bool IsContended => true;

    public override long Repeated => work.Repeated;

    public override RunOutput Commit()
    {
        try
        {
            work.Commit();
        }
        catch (Exception e) when (PostgresFaults.Of(e, to.Name) is QuernException fault && fault != e)
        {
            throw fault;
        }
        return new RunOutput(to.Name, to.Kind, Rows);
    }

    public override void Dispose() => work.Dispose();
}
