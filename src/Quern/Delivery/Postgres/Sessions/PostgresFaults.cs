using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using Quern.Delivery.Postgres.Address;

namespace Quern.Delivery.Postgres.Sessions;

/// <summary>What the server and the network mean (PostgreSQL 15 manual, appendix A: error codes).</summary>
static class PostgresFaults
{
    /// <summary>Whether the same work may succeed a little later: the network, a restart, a lock, a conflict with another session.</summary>
    public static bool IsTransient(Exception e) => e switch
    {
        PostgresException server => server.SqlState switch
        {
            ['0', '8', ..] or ['4', '0', '0', '0', '1'] or ['4', '0', 'P', '0', '1'] or "55P03" or "55006" or "57P01" or "57P02" or "57P03"
                or "57P05" => true,
            "53000" or "53200" or "53300" => true,
            // Another load made the same table or column at the same time: it is there now.
            "42P07" or "42701" => true,
            "23505" => server.ConstraintName is "pg_type_typname_nsp_index" or "pg_class_relname_nsp_index",
            _ => false,
        },
        NpgsqlException => true,
        IOException or SocketException => true,
        QuernException { InnerException: { } inner, Fault.ExitCode: ExitCode.Unreachable } => IsTransient(inner),
        _ => false,
    };

    /// <summary>What a failure to connect means; null when it is something else.</summary>
    public static QuernException? OfOpening(Exception e, PostgresAddress address)
    {
        switch (e)
        {
            case PostgresException { SqlState: ['2', '8', ..] }:
                return Unreachable("QN8271", "the database refuses the user or the password",
                    ["PGPASSWORD=... or a line in ~/.pgpass     the password", $"psql '{address.Name}'"]);
            case NpgsqlException when e.Message.StartsWith("No password", StringComparison.Ordinal):
                return Unreachable("QN8271", "the database asks for a password, and there is none",
                    ["PGPASSWORD=... or a line in ~/.pgpass, which only you may read: chmod 600", $"psql '{address.Name}'"]);
            case PostgresException { SqlState: "3D000" }:
                return Unreachable("QN8272", "the database does not exist",
                    [$"createdb {address.Database}", "psql -l     lists those that do"]);
            case PostgresException server:
                return Unreachable("QN8270", "the database does not take the connection", [$"psql '{address.Name}'"], server.MessageText);
            case NpgsqlException when Find<AuthenticationException>(e) is { } tls:
                return Secure(tls.Message);
            case NpgsqlException when e.Message.Contains("SSL", StringComparison.Ordinal) && Find<SocketException>(e) is null:
                return Secure(e.Message);
            case NpgsqlException or SocketException or IOException or TimeoutException:
                var why = Find<SocketException>(e)?.Message ?? Find<TimeoutException>(e)?.Message ?? e.Message;
                return Unreachable("QN8270", "the database cannot be reached", [$"psql '{address.Name}'", "host and port in --to"], why);
            default:
                return null;
        }

        QuernException Secure(string why) => Unreachable(
            "QN8273", "no connection as safe as is asked for", ["?sslrootcert=FILE     the authority that signed the server's certificate",
                "?sslmode=require     does not prove who the server is"], why);

        QuernException Unreachable(string code, string what, string[] tries, string? why = null) => new(
            new Fault(code, what)
            {
                Where = address.Name,
                Value = why ?? (e as PostgresException)?.MessageText,
                Wanted = code == "QN8273" ? address.Tls : null,
                Try = tries,
                ExitCode = ExitCode.Unreachable,
            },
            e);
    }

    /// <summary>A server that is too old.</summary>
    public static QuernException TooOld(PostgresAddress address, string version) => new(new Fault("QN8274", "the server is too old")
    {
        Where = address.Name,
        Value = version,
        Wanted = "PostgreSQL 12 or later",
        ExitCode = ExitCode.Unreachable,
    });

    /// <summary>What a failure of a statement means.</summary>
    /// <param name="e">What the driver threw.</param>
    /// <param name="where">The table.</param>
    /// <returns>A fault; the exception itself when it is something else.</returns>
    public static Exception Of(Exception e, string where) => e switch
    {
        PostgresException server => OfServer(server, where),
        NpgsqlException or IOException or SocketException => new QuernException(
            new Fault("QN8275", "the connection to the database was lost")
            {
                Where = where,
                Value = Find<SocketException>(e)?.Message ?? e.Message,
                Try = ["run again: the table is as it was"],
                ExitCode = ExitCode.Unreachable,
            },
            e),
        _ => e,
    };

    static QuernException OfServer(PostgresException e, string where)
    {
        var value = e.Detail is { } detail ? $"{e.MessageText}; {detail}" : e.MessageText;
        var (code, what, tries) = e.SqlState switch
        {
            "42501" => ("QN8276", "the user may not do this in the database", new[] { "grant it, or connect as another user" }),
            "3F000" => ("QN7483", "there is no such schema in the database", ["create schema NAME     makes it", "--table SCHEMA.TABLE"]),
            "53100" => ("QN8277", "the disk of the database is full", ["free some space there, then run again"]),
            "55P03" or "40001" or "40P01" => ("QN8278", "others hold the table for too long", ["run again when they are done"]),
            ['5', '7', ..] => ("QN8278", "the database ended the statement", ["run again"]),
            ['2', '3', ..] or ['2', '2', ..] or "54000" =>
                ("QN8285", "the database refuses a row", ["--rejects FILE     sets such rows aside, and loads the others"]),
            _ => ("QN8279", "the database refuses a statement", [$"SQLSTATE {e.SqlState}"]),
        };
        return new QuernException(
            new Fault(code, what)
            {
                Where = e switch
                {
                    { ConstraintName: { } constraint } => $"{where}, constraint {constraint}",
                    { ColumnName: { } column } => $"{where}, column \"{column}\"",
                    _ => where,
                },
                Value = value,
                Try = tries,
                ExitCode = e.SqlState is ['0', '8', ..] or ['5', '7', 'P', ..] ? ExitCode.Unreachable : ExitCode.Failed,
            },
            e);
    }

    static T? Find<T>(Exception? e) where T : Exception
    {
        for (; e is not null; e = e.InnerException)
            if (e is T found) return found;
        return null;
    }
}
