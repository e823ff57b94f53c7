using Npgsql;
using Quern.Delivery.Postgres.Address;
using Quern.Delivery.Postgres.Sessions;
using Quern.Delivery.Postgres.Typing;

namespace Quern.Loading.Benchmark;

/// <summary>A table that is made to be measured with, and dropped: nothing else in the database is changed.</summary>
sealed class BenchTable : IDisposable
{
    readonly PostgresSession _session;
    bool _isOurs;
    bool _isUnlogged;
    bool _mayCheckpoint = true;

    BenchTable(PostgresSession session, TargetName name) => (_session, Name) = (session, name);

    /// <summary>Its name.</summary>
    public TargetName Name { get; }

    /// <summary>The database has the types of PostGIS.</summary>
    public bool HasShapes => _session.Text("select to_regtype('geometry')::text") is not null;

    /// <summary>Whether the server was told to write out what it holds before each load.</summary>
    public bool IsCheckpointed => _mayCheckpoint;

    /// <summary>Connects, and makes sure that nothing has the name.</summary>
    /// <exception cref="QuernException">QN8263, exit code 2: something has it.</exception>
    public static BenchTable Find(PostgresAddress address, TargetName name)
    {
        var session = PostgresSession.Open(address);
        if (session.Text("select to_regclass($1)::text", name.Sql) is null) return new BenchTable(session, name);
        session.Dispose();
        throw new QuernException(new Fault("QN8263", "the table is there already")
        {
            Where = $"{address.Name}, table {name}",
            Wanted = "a name that nothing has: the table is made for the measurement, and dropped",
            Try = ["--table another_name", $"drop table {name.Sql}     when it is left over of a bench that was killed"],
            ExitCode = ExitCode.Usage,
        });
    }

    /// <summary>Makes it.</summary>
    /// <param name="columns">Its columns, as SQL has them.</param>
    public void Make(string columns)
    {
        _session.Execute($"create table {Name.Sql} ({columns})");
        Claim();
    }

    /// <summary>Says that it was made for this: it is dropped at the end.</summary>
    public void Claim()
    {
        _isOurs = true;
        _session.Execute($"comment on table {Name.Sql} is 'made by quern bench load, which drops it at its end'");
    }

    /// <summary>Empties it before a load.</summary>
    public void Empty(bool isUnlogged)
    {
        _session.Execute($"truncate {Name.Sql}");
        if (isUnlogged != _isUnlogged) _session.Execute($"alter table {Name.Sql} set {(isUnlogged ? "unlogged" : "logged")}");
        _isUnlogged = isUnlogged;
        if (!_mayCheckpoint) return;
        try
        {
            _session.Execute("checkpoint");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            _mayCheckpoint = false;
        }
    }

    /// <summary>Rows that it has.</summary>
    public long Rows => _session.Number($"select count(*)::text from {Name.Sql}");

    /// <summary>The server reads a file by itself.</summary>
    public void CopyFrom(string file) => _session.Execute($"copy {Name.Sql} from {Duck.Sql.Text(file)} (format binary)");

    /// <summary>Writes its rows as COPY BINARY.</summary>
    /// <returns>Bytes.</returns>
    public long CopyTo(Stream to)
    {
        using var rows = _session.Connection.BeginRawBinaryCopy($"copy {Name.Sql} to stdout (format binary)");
        var buffer = new byte[1 << 18];
        var bytes = 0L;
        while (rows.Read(buffer) is > 0 and var count)
        {
            to.Write(buffer, 0, count);
            bytes += count;
        }
        return bytes;
    }

    /// <summary>The server, and its settings that loads depend on.</summary>
    public IEnumerable<string> Facts(PostgresAddress address)
    {
        yield return $"server: {address.Name}, PostgreSQL {_session.Text("show server_version")}";
        string[] names = ["fsync", "synchronous_commit", "full_page_writes", "wal_level", "max_wal_size", "shared_buffers"];
        yield return $"settings: {string.Join(", ", names.Select(n => $"{n} {_session.Text($"show {n}")}"))}";
    }

    /// <summary>Drops it, when it was made for this.</summary>
    public void Dispose()
    {
        try
        {
            if (_isOurs) _session.Execute($"drop table if exists {Name.Sql}");
        }
        catch (Exception e) when (e is NpgsqlException or IOException or InvalidOperationException)
        {
            // The connection is gone; the table's comment says what it is.
        }
        _session.Dispose();
    }
}
