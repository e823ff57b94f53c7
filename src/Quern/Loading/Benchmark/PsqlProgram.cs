using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Quern.Delivery.Postgres.Address;
using Quern.Delivery.Postgres.Typing;

namespace Quern.Loading.Benchmark;

/// <summary>psql, which copies a file over one connection and decodes nothing.</summary>
static class PsqlProgram
{
    /// <summary>Where it is; null when it is in none of the folders.</summary>
    /// <param name="folders">With colons between, as PATH has them.</param>
    public static string? Find(string folders) =>
        folders.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(f => Path.Combine(f, "psql")).FirstOrDefault(File.Exists);

    /// <summary>Copies a file of COPY BINARY into a table; the password goes through the environment.</summary>
    public static ProcessStartInfo Copy(string program, PostgresAddress address, TargetName table, string file)
    {
        var from = new NpgsqlConnectionStringBuilder(address.ConnectionString);
        var copy = $"\\copy {table.Sql} from '{file.Replace("'", "''", StringComparison.Ordinal)}' (format binary)";
        var start = new ProcessStartInfo(program, ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", copy]);
        Set("PGHOST", from.Host);
        Set("PGPORT", from.Port.ToString(CultureInfo.InvariantCulture));
        Set("PGUSER", from.Username);
        Set("PGPASSWORD", from.Password);
        Set("PGDATABASE", from.Database);
        Set("PGOPTIONS", from.Options);
        Set("PGSSLROOTCERT", from.RootCertificate);
        Set("PGSSLCERT", from.SslCertificate);
        Set("PGSSLKEY", from.SslKey);
        Set("PGSSLMODE", from.SslMode switch
        {
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
            SslMode.Disable => "disable",
            SslMode.Allow => "allow",
            SslMode.Prefer => "prefer",
            _ => "require",
        });
        return start;

        void Set(string name, string? value)
        {
            if (value is { Length: > 0 }) start.Environment[name] = value;
            else start.Environment.Remove(name);
        }
    }
}
