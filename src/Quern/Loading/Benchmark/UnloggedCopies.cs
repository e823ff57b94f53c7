using Quern.Delivery;
using Quern.Delivery.Postgres;
using Quern.Delivery.Postgres.Address;
using Quern.Delivery.Postgres.Copying;
using Quern.Delivery.Postgres.Sessions;
using Quern.Delivery.Postgres.Typing;
using Quern.Duck;

namespace Quern.Loading.Benchmark;

/// <summary>COPY over some connections into a table as it is, as rows get into a staging table; nothing is moved after.</summary>
/// <remarks>What a cast cannot read becomes NULL: the rows are only counted.</remarks>
/// <param name="address">The database.</param>
/// <param name="table">The table.</param>
/// <param name="connections">How many send.</param>
sealed class UnloggedCopies(PostgresAddress address, TargetName table, int connections)
    : Destination($"{address.Name} {table}", $"{address.Name} {table}")
{
    const int BlockBytes = 1 << 18;

    public override bool IsFile => false;

    public override string Kind => "postgres";

    public override string Effect => "adds rows to the table";

    public override void Check()
    {
    }

    internal override StagedOutput? Stage(DuckDatabase database, Shipment shipment, CancellationToken cancel)
    {
        using var reading = database.Connect();
        var sessions = new List<PostgresSession>();
        try
        {
            for (var i = 0; i < connections; i++) sessions.Add(PostgresSession.Open(address, cancel: cancel));
            PostgresPlan plan;
            using (var none = reading.Query($"{shipment.Query} limit 0", cancel))
                plan = PostgresPlan.Of(sessions[0], address, table, none.Schema, new PostgresSettings(), null);
            foreach (var session in sessions) session.Execute("begin");
            var lanes = sessions.ConvertAll(s => new CopyLane(s, $"{table.Sql} ({plan.Columns})", null));
            using var rows = reading.Query(
                $"select {string.Join(", ", plan.Routes.Select(r => r.Select))} from {shipment.Relation}", cancel);
            var encoder = new RowEncoder(plan.Routes, [.. plan.Routes.Select(_ => -1)]);
            new CopyPass(lanes, encoder, BlockBytes, int.MaxValue) { Columns = [.. plan.Routes.Select(r => r.Target.Name)] }
                .Run(rows, cancel);
            foreach (var session in sessions) session.Execute("commit");
            return null;
        }
        finally
        {
            foreach (var session in sessions) session.Dispose();
        }
    }
}
