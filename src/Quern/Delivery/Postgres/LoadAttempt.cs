using Quern.Delivery.Postgres.Copying;
using Quern.Delivery.Postgres.Importing;
using Quern.Delivery.Postgres.Inserting;
using Quern.Delivery.Postgres.Sessions;
using Quern.Delivery.Postgres.Shapes;
using Quern.Delivery.Postgres.Staging;
using Quern.Duck;

namespace Quern.Delivery.Postgres;

/// <summary>One attempt to load rows, from a clean table to an open transaction that holds them; disposed without a commit, nothing is
/// left.</summary>
sealed class LoadAttempt : IDisposable
{
    const int BlockBytes = 1 << 18;

    /// <summary>First half of the lock under which loads take turns; the second is a hash of the table's name. "QRO" in ASCII: behind
    /// that of staging tables.</summary>
    const string TurnLock = "5329487";

    readonly PostgresSession _session;
    readonly PostgresPlan _plan;
    readonly DuckDatabase _database;
    readonly Shipment _shipment;
    readonly CancellationToken _cancel;
    StagingTable? _staging;
    bool _isCommitted;

    /// <summary>Makes the plan.</summary>
    public LoadAttempt(
        PostgresSession session, Func<PostgresSession, PostgresPlan> plan, DuckDatabase database, Shipment shipment, CancellationToken cancel)
    {
        (_session, _database, _shipment, _cancel) = (session, database, shipment, cancel);
        try
        {
            _plan = plan(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Rows that the engine gave.</summary>
    public long Read { get; private set; }

    /// <summary>Rows that were set aside.</summary>
    public long Refused => _shipment.Refused?.Rows ?? 0;

    /// <summary>Rows that were left out because others have their key.</summary>
    public long Repeated { get; private set; }

    /// <summary>Rows in the table that the server has confirmed.</summary>
    public long Confirmed { get; private set; }

    /// <summary>What the user should know of the plan.</summary>
    public IReadOnlyList<string> Notes => _plan.Notes;

    /// <summary>Does all but the commit.</summary>
    public void Run()
    {
        StagingTable.RemoveLeftovers(_session, _plan.Name.Schema);
        try
        {
            if (_plan.IsStaged) Stage();
            else Send();
        }
        catch (Npgsql.PostgresException e) when (e.SqlState is ['5', '3', ..])
        {
            // The driver ends a connection after such an error.
            DropByAnother();
            throw;
        }
        foreach (var route in _plan.Routes)
        {
            if (route.Encoder is not ShapeEncoder { Far: > 0 and var far }) continue;
            _shipment.Run?.Warn("QN8291",
                $"shapes of \"{route.Target.Name}\" are outside of longitude and latitude, though the column is in 4326", far);
        }
    }

    /// <summary>Commits.</summary>
    public void Commit()
    {
        TransactionEnd.Commit(_session, _plan.Address, _shipment.Run?.Time ?? TimeProvider.System);
        _isCommitted = true;
        _session.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isCommitted) return;
        _isCommitted = true;
        try
        {
            if (_staging is not null)
            {
                _session.ExecuteAtLast("rollback");
                _session.ExecuteAtLast(_staging.DropStatement);
            }
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or IOException or ObjectDisposedException or InvalidOperationException
            or AggregateException)
        {
            // The connection is gone: the next load removes what is left.
        }
        _session.Dispose();
    }

    /// <summary>Removes the staging table over another connection; where none is to be had, the next load does it.</summary>
    void DropByAnother()
    {
        if (_staging is null) return;
        _session.Dispose();
        try
        {
            using var other = PostgresSession.Open(_plan.Address, _plan.Settings.LockTimeout);
            _staging.Drop(other);
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or IOException or QuernException)
        {
            // Nothing else of the load is left.
        }
    }

    /// <summary>Straight into the table.</summary>
    void Send()
    {
        _session.Execute("begin");
        Prepare();
        if (_plan.InsertRows is not null)
        {
            (Read, Confirmed) = Insert(_plan.Name.Sql, isStaging: false);
            MakeIndexes();
            return;
        }
        // A trigger may keep rows away: what the server counts is asked. Without rows that are set aside once, at the end; rows of blocks
        // that failed are counted, too, so then behind each block.
        var isWatched = _plan.Table is { HasTriggers: true };
        var counted = isWatched && _shipment.Refused is not null ? (Func<long>)Count : null;
        using var lane = new CopyLane(_session, $"{_plan.Name.Sql} ({_plan.Columns})", _shipment.Refused is null ? null : SetAside)
        {
            Counted = counted,
        };
        Read = Copy([lane]);
        Confirmed = isWatched && counted is null ? Count() : lane.Taken;
        MakeIndexes();
    }

    /// <summary>Rows that came into the table in this transaction, those of blocks that were taken back as well.</summary>
    long Count() => _session.Number("select pg_stat_get_xact_tuples_inserted(to_regclass($1))::text", _plan.Name.Sql);

    /// <summary>Into a table of its own, then all at once.</summary>
    void Stage()
    {
        if (_plan.Table is null)
        {
            // Whoever reads it sees the table with the rows, or not at all: it is made in the transaction that moves them.
            _session.Execute("begin");
            Prepare();
            _session.Execute("rollback");
        }
        _staging = StagingTable.Create(_session, _plan);
        List<PostgresSession> others = [];
        long taken;
        try
        {
            while (others.Count < _plan.Connections - 1)
                others.Add(PostgresSession.Open(_plan.Address, _plan.Settings.LockTimeout, _cancel));
            List<PostgresSession> sessions = [_session, .. others];
            foreach (var session in sessions) session.Execute("begin");
            var lanes = sessions.ConvertAll(s =>
                new CopyLane(s, $"{_staging.Name.Sql} ({_plan.Columns})", _shipment.Refused is null ? null : SetAside));
            if (_plan.Settings.Import is { } bucket) (Read, taken) = Import(bucket);
            else if (_plan.InsertRows is null) (Read, taken) = (Copy(lanes), lanes.Sum(l => l.Taken));
            else (Read, taken) = Insert(_staging.Name.Sql, isStaging: true);
            foreach (var session in sessions) session.Execute("commit");
        }
        finally
        {
            foreach (var session in others) session.Dispose();
        }
        _session.Execute("begin");
        // Two loads that replace the same rows at once would each delete the old ones and add their own: they take turns.
        _session.Text("select pg_advisory_xact_lock($1::int, hashtext($2))::text", TurnLock, _plan.Name.Sql);
        Prepare();
        var staged = _session.Number($"select count(*)::text from {_staging.Name.Sql}");
        Confirm(taken, staged);
        if (staged == 0 && !_shipment.AllowEmpty && _plan.Mode != LoadMode.Create)
        {
            _staging.Drop(_session);
            return;
        }
        var move = new RowMove(_session, _plan, _staging);
        try
        {
            Confirmed = move.Make(staged);
            // What is checked at the commit is checked now, while the row can be told.
            _session.Execute("set constraints all immediate");
        }
        catch (Npgsql.PostgresException e) when (MoveFaults.Is(e))
        {
            throw new MoveFaults(_session, _plan, _staging, _database, _shipment).Of(e);
        }
        Repeated = move.Repeated;
        _staging.Drop(_session);
        MakeIndexes();
    }

    /// <summary>Makes the table, or adds the columns that it lacks.</summary>
    void Prepare()
    {
        if (_plan.Table is null) _session.Execute(_plan.CreateTable);
        foreach (var column in _plan.Added)
            _session.Execute($"alter table {_plan.Name.Sql} add column {Sql.Name(column.Name)} {column.Type}");
    }

    void MakeIndexes()
    {
        if (_plan.Table is not null) return;
        if (_plan.Keys.Count > 0 && _plan.Scope is null)
        {
            // A partitioned table is unique only with the column that it is partitioned by.
            var isUnique = _plan.Settings.Mode == LoadMode.Merge
                && (_plan.Settings.Partition is not { } p || _plan.Keys.Contains(_plan.Named(p.Column)));
            _session.Execute($"create {(isUnique ? "unique " : "")}index on {_plan.Name.Sql} ({Sql.Names(_plan.Keys)})");
        }
        if (_plan.Settings.PrimaryKey is { Count: > 0 } key)
            _session.Execute($"alter table {_plan.Name.Sql} add primary key ({Sql.Names(key.Select(_plan.Named))})");
        foreach (var index in _plan.Settings.Indexes)
            _session.Execute($"create index on {_plan.Name.Sql} ({Sql.Names(index.Select(_plan.Named))})");
    }

    long Copy(IReadOnlyList<CopyLane> lanes)
    {
        using var reading = _database.Connect();
        using var rows = Query(reading, out var originals);
        var pass = new CopyPass(lanes, new RowEncoder(_plan.Routes, originals), BlockBytes, _plan.Settings.BatchRows ?? int.MaxValue)
        {
            Columns = [.. _plan.Routes.Select(r => r.Target.Name)],
            Refuse = _shipment.Refused is null ? null : SetAside,
            Advance = count => _shipment.Run?.Progress.Advance(0, count),
        };
        pass.Run(rows, _cancel);
        return pass.Read;
    }

    (long Read, long Taken) Import(ImportBucket bucket)
    {
        using var reading = _database.Connect();
        using var rows = Query(reading, out var originals);
        var temp = _database.Options.TempDirectory is { Length: > 0 } own ? own : Path.GetTempPath();
        var import = new S3Import(_session, _staging!.Name, _plan.Columns, new RowEncoder(_plan.Routes, originals), bucket, temp)
        {
            Names = [.. _plan.Routes.Select(r => r.Target.Name)],
            MostRows = _plan.Settings.BatchRows ?? int.MaxValue,
            Refuse = _shipment.Refused is null ? null : SetAside,
        };
        import.Run(rows, _cancel);
        return (import.Read, import.Taken);
    }

    (long Read, long Taken) Insert(string table, bool isStaging)
    {
        using var reading = _database.Connect();
        using var rows = Query(reading, out var originals);
        var pass = new InsertPass(_session, table, _plan.Routes, isStaging, _plan.InsertRows!.Value,
            _shipment.Refused is null ? null : SetAside);
        pass.Run(rows, originals);
        return (pass.Read, pass.Taken);
    }

    /// <summary>The rows, with what casts were made from behind them.</summary>
    DuckResult Query(DuckSession session, out int[] originals)
    {
        var casts = _plan.Routes.Where(r => r.Cast is not null).ToList();
        var select = string.Join(", ",
            _plan.Routes.Select(r => r.Select).Concat(casts.Select(r => $"{Sql.Name(r.Source)} as {Sql.Name("quern_" + r.Source)}")));
        originals = [.. _plan.Routes.Select(r => r.Cast is null ? -1 : _plan.Routes.Count + casts.IndexOf(r))];
        return session.Query($"select {select} from {_shipment.Relation}", _cancel);
    }

    void SetAside(RefusedRow row) => _shipment.Refused!.Add(row.Number, row.Column, row.Code, row.Message);

    void Confirm(long sent, long counted)
    {
        if (sent == counted) return;
        throw new QuernException(new Fault("QN8101", "the destination does not have the rows that were sent")
        {
            Where = $"{_plan.Address.Name}, table {_staging!.Name}",
            Value = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{counted:N0} rows"),
            Wanted = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{sent:N0} rows"),
            Try = ["run again: the destination is as it was"],
        });
    }
}
