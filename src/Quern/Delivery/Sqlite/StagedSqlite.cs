using Quern.Delivery.Sqlite.Native;
using Quern.Running;

namespace Quern.Delivery.Sqlite;

/// <summary>Rows in an open transaction of a SQLite database that exists.</summary>
/// <param name="to">The destination.</param>
/// <param name="existing">The database.</param>
/// <param name="meaning">Says what an answer of SQLite's means.</param>
/// <param name="repeated">Rows that were left out because others have their key.</param>
sealed class StagedSqlite(Destination to, ExistingSqlite existing, Func<SqliteException, QuernException> meaning, long repeated)
    : StagedOutput(existing.Rows)
{
    public override bool IsContended => true;

    public override long Repeated => repeated;

    public override RunOutput Commit()
    {
        try
        {
            existing.Commit();
        }
        catch (SqliteException e)
        {
            throw meaning(e);
        }
        existing.Dispose();
        return new RunOutput(to.Name, to.Kind, Rows, new FileInfo(to.Path) is { Exists: true } file ? file.Length : null);
    }

    public override void Dispose() => existing.Dispose();
}
