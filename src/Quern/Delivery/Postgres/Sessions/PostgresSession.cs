using Npgsql;
using Quern.Delivery.Postgres.Address;

namespace Quern.Delivery.Postgres.Sessions;

/// <summary>A connection to the server, in UTC, with its waits bounded.</summary>
/// <remarks>One thread at a time. Whatever the server or the network says against a statement is thrown as the driver has it:
/// <see cref="PostgresFaults"/> tells what it means.</remarks>
sealed class PostgresSession : IDisposable
{
    /// <summary>How long others are waited for that hold a table. Default: 30 seconds.</summary>
    public static readonly TimeSpan UsualLockTimeout = TimeSpan.FromSeconds(30);

    readonly NpgsqlDataSource _source;

    PostgresSession(NpgsqlDataSource source, NpgsqlConnection connection) => (_source, Connection) = (source, connection);

    /// <summary>The driver's connection.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>12 or later.</summary>
    public int Version => Connection.PostgreSqlVersion.Major;

    /// <summary>Connects.</summary>
    /// <param name="address">Where, and as whom.</param>
    /// <param name="lockTimeout">How long others are waited for that hold a table; default: <see cref="UsualLockTimeout"/>.</param>
    /// <exception cref="QuernException">Exit code 5: QN8270 it cannot be reached, QN8271 user or password, QN8272 no such database, QN8273
    /// no safe connection, QN8274 too old.</exception>
    public static PostgresSession Open(PostgresAddress address, TimeSpan? lockTimeout = null)
    {
        // What the driver would look up about types is not needed: values go as bytes of ours, or as text.
        var source = new NpgsqlDataSourceBuilder(address.ConnectionString).ConfigureTypeLoading(types => types.EnableTypeLoading(false))
            .Build();
        var connection = source.CreateConnection();
        try
        {
            connection.Open();
            var session = new PostgresSession(source, connection);
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
    /// <returns>Rows of the last one that has some.</returns>
    public long Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, Connection) { AllResultTypesAreUnknown = true };
        return command.ExecuteNonQuery();
    }

    /// <summary>The first value of a query, as text; null for NULL or no row.</summary>
    public string? Text(string sql, params string?[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar() as string;
    }

    /// <summary>The first value of a query as a whole number; 0 for NULL or no row.</summary>
    public long Number(string sql, params string?[] values) =>
        Text(sql, values) is { } text ? long.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 0;

    /// <summary>The rows of a query, as texts.</summary>
    public List<string?[]> Rows(string sql, params string?[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
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
        Connection.Dispose();
        _source.Dispose();
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
