using Npgsql;
using Quern.Delivery.Postgres.Address;
using Quern.Delivery.Postgres.Sessions;

namespace Quern.Delivery.Postgres.Staging;

/// <summary>Commits, and finds out what became of the transaction when the answer is lost on the way.</summary>
static class TransactionEnd
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Commits.</summary>
    /// <param name="session">In a transaction.</param>
    /// <param name="address">Where another connection is made to ask.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="Exception">It is not committed; QN8288 nobody can tell.</exception>
    public static void Commit(PostgresSession session, PostgresAddress address, TimeProvider time)
    {
        session.IsCommitting = true;
        var number = session.Text("select txid_current()::text");
        try
        {
            session.Execute("commit");
        }
        catch (Exception e) when (e is NpgsqlException and not PostgresException or IOException
            || e is PostgresException { SqlState: ['5', '7', 'P', ..] })
        {
            var asked = time.GetTimestamp();
            while (time.GetElapsedTime(asked) < Patience)
            {
                if (Ask(address, number!) is { } isCommitted)
                {
                    if (isCommitted) return;
                    throw;
                }
                Task.Delay(Pause, time).Wait();
            }
            throw new QuernException(
                new Fault("QN8288", "the connection was lost during the commit, and the database does not say whether it happened")
                {
                    Where = address.Name,
                    Try = [$"psql '{address.Name}' -c 'select txid_status({number})'     says it: committed or aborted"],
                    ExitCode = ExitCode.Unreachable,
                },
                e);
        }
    }

    /// <summary>Null when the server cannot be asked yet, or the transaction still runs.</summary>
    static bool? Ask(PostgresAddress address, string number)
    {
        try
        {
            using var session = PostgresSession.Open(address);
            return session.Text($"select txid_status({number})") switch
            {
                "committed" => true,
                "aborted" => false,
                _ => null,
            };
        }
        catch (Exception e) when (e is QuernException or NpgsqlException or IOException)
        {
            return null;
        }
    }
}
