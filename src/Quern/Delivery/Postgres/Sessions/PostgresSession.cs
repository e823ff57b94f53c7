using Npgsql;
using Quern.Delivery.Postgres.Address;

namespace Quern.Delivery.Postgres.Sessions;

/// <summary>A connection to the server, in UTC, with its waits bounded.</summary>
/// <remarks>One thread at a time. Whatever the server or the network says against a statement is thrown as the driver has it:
/// <see cref="PostgresFaults"/> tells what it means. When the run is stopped, the server is asked to end the statement; one that does not
/// answer is left alone, so that it holds up nobody.</remarks>
sealed class PostgresSession : IDisposable
{
    /// <summary>How long others are waited for that hold a table. Default: 30 seconds.</summary>
    public static readonly TimeSpan UsualLockTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long an answer is waited for when the run is stopped.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>How long is waited at the end for what others would have to clean up.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly NpgsqlDataSource _source;
    readonly PostgresAddress _address;
    readonly CancellationToken _cancel;

    PostgresSession(NpgsqlDataSource source, NpgsqlConnection connection, PostgresAddress address, CancellationToken cancel) =>
        (_source, Connection, _address, _cancel) = (source, connection, address, cancel);

    /// <summary>The driver's connection.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>It did not answer when the run was stopped: nothing more is said to it.</summary>
    public bool IsLost { get; private set; }

    /// <summary>The run is stopped.</summary>
    public bool IsStopped => _cancel.IsCancellationRequested;

    /// <summary>What runs now is not to be stopped: it is done, or it is not. Default: false.</summary>
    public bool IsCommitting { get; set; }

    /// <summary>12 or later.</summary>
    public int Version => Connection.PostgreSqlVersion.Major;

    /// <summary>Connects.</summary>
    /// <param name="address">Where, and as whom.</param>
    /// <param name="lockTimeout">How long others are waited for that hold a table; default: <see cref="UsualLockTimeout"/>.</param>
    /// <param name="cancel">Ends whatever runs in the session; default: never.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    /// <exception cref="QuernException">Exit code 5: QN8270 it cannot be reached, QN8271 user or password, QN8272 no such database, QN8273
    /// no safe connection, QN8274 too old.</exception>
    public static PostgresSession Open(PostgresAddress address, TimeSpan? lockTimeout = null, CancellationToken cancel = default)
    {
        // What the driver would look up about types is not needed: values go as bytes of ours, or as text.
        var source = new NpgsqlDataSourceBuilder(address.ConnectionString).ConfigureTypeLoading(types => types.EnableTypeLoading(false))
            .Build();
        var connection = source.CreateConnection();
        try
        {
            connection.OpenAsync(cancel).WaitAsync(cancel).GetAwaiter().GetResult();
            var session = new PostgresSession(source, connection, address, cancel);
            if (session.Version < 12) throw PostgresFaults.TooOld(address, connection.ServerVersion);
            var wait = ((long)(lockTimeout ?? UsualLockTimeout).TotalMilliseconds)
                .ToString(System.Globalization.CultureInfo.InvariantCulture);
            session.Execute($"set lock_timeout = {wait}; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; "
                + "set client_min_messages = error; set standard_conforming_strings = on; set datestyle = 'ISO'; "
                + "set intervalstyle = 'postgres'");
            return session;
        }
        catch (Exception e)
        {
            connection.Dispose();
            source.Dispose();
            if (PostgresFaults.OfOpening(e, address) is { } fault) throw fault;
            throw;
        }
    }

    /// <summary>Runs statements.</summary>
    /// <returns>Rows that they added, changed and deleted.</returns>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public long Execute(string sql)
    {
        var command = new NpgsqlCommand(sql, Connection) { AllResultTypesAreUnknown = true };
        return Wait(Run());

        // Not ExecuteNonQuery, whose number of rows has 31 bits.
        async Task<long> Run()
        {
            await using (command)
            await using (var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false))
            {
                while (await reader.NextResultAsync(CancellationToken.None).ConfigureAwait(false))
                {
                }
                return (long)reader.Rows;
            }
        }
    }

    /// <summary>Runs statements that clean up, also when the run is stopped, but not for long: whoever comes next does what is
    /// left.</summary>
    public void ExecuteAtLast(string sql)
    {
        if (IsLost) return;
        using var command = new NpgsqlCommand(sql, Connection) { AllResultTypesAreUnknown = true };
        if (!_cancel.IsCancellationRequested) command.ExecuteNonQuery();
        else IsLost |= !command.ExecuteNonQueryAsync(CancellationToken.None).Wait(Patience, CancellationToken.None);
    }

    /// <summary>Waits for an answer of the server, or until the run is stopped.</summary>
    /// <exception cref="OperationCanceledException">It was stopped, and the server was asked to end what it does.</exception>
    public T Wait<T>(Task<T> answer)
    {
        Wait((Task)answer);
        return answer.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Wait{T}(Task{T})"/>
    public void Wait(Task answer)
    {
        var cancel = IsCommitting ? CancellationToken.None : _cancel;
        try
        {
            answer.Wait(cancel);
        }
        catch (AggregateException)
        {
            // Its own exception is thrown below.
        }
        catch (OperationCanceledException)
        {
            Interrupt();
            if (!Task.WhenAny(answer).Wait(Grace, CancellationToken.None)) IsLost = true;
        }
        cancel.ThrowIfCancellationRequested();
        answer.GetAwaiter().GetResult();
    }

    /// <summary>The first value of a query, as text; null for NULL or no row.</summary>
    public string? Text(string sql, params string?[] values)
    {
        using var command = Command(sql, values);
        return Wait(command.ExecuteScalarAsync(CancellationToken.None)) as string;
    }

    /// <summary>The first value of a query as a whole number; 0 for NULL or no row.</summary>
    public long Number(string sql, params string?[] values) =>
        Text(sql, values) is { } text ? long.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 0;

    /// <summary>The rows of a query, as texts.</summary>
    public List<string?[]> Rows(string sql, params string?[] values)
    {
        using var command = Command(sql, values);
        using var reader = Wait(command.ExecuteReaderAsync(CancellationToken.None));
        var rows = new List<string?[]>();
        while (reader.Read())
        {
            var row = new string?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
            rows.Add(row);
        }
        return rows;
    }

    /// <summary>Ends the connection, and a transaction that is open.</summary>
    public void Dispose()
    {
        if (!_cancel.IsCancellationRequested)
        {
            End();
            return;
        }
        // Whoever waits for a server that is silent waits in the background, and ends with the process.
        var end = Task.Run(End, CancellationToken.None);
        try
        {
            if (!IsLost) end.Wait(Grace, CancellationToken.None);
        }
        catch (AggregateException)
        {
            // The connection is gone already.
        }
    }

    void End()
    {
        Connection.Dispose();
        _source.Dispose();
    }

    /// <summary>Asks the server over another connection to end what this one does.</summary>
    void Interrupt()
    {
        var process = Connection.ProcessID;
        var address = new NpgsqlConnectionStringBuilder(_address.ConnectionString) { Timeout = 1, CommandTimeout = 1 };
        var asked = Task.Run(
            () =>
            {
                using var source = new NpgsqlDataSourceBuilder(address.ConnectionString)
                    .ConfigureTypeLoading(types => types.EnableTypeLoading(false)).Build();
                using var command = source.CreateCommand(
                    string.Create(System.Globalization.CultureInfo.InvariantCulture, $"select pg_cancel_backend({process})"));
                command.ExecuteNonQuery();
            },
            CancellationToken.None);
        try
        {
            asked.Wait(Grace, CancellationToken.None);
        }
        catch (AggregateException)
        {
            // It cannot be asked: the end of the connection ends the statement, too.
        }
    }

    NpgsqlCommand Command(string sql, string?[] values)
    {
        var command = new NpgsqlCommand(sql, Connection) { AllResultTypesAreUnknown = true };
        foreach (var value in values)
        {
            command.Parameters.Add(
                new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        }
        return command;
    }
}
