using Npgsql;
using Quern.Delivery.Postgres.Address;

namespace Quern.Tests.Delivery.Postgres;

public sealed class AddressTests : IDisposable
{
    readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("quern home ");

    public void Dispose() => _home.Delete(recursive: true);

    [Theory]
    [InlineData("postgres://ann@db:5433/shop", "db", 5433, "ann", "shop", "postgres://ann@db:5433/shop")]
    [InlineData("postgresql://db", "db", 5432, "me", "me", "postgres://me@db:5432/me")]
    [InlineData("postgres://ann@[::1]:5433/a%2Fb", "::1", 5433, "ann", "a/b", "postgres://ann@[::1]:5433/a%2Fb")]
    [InlineData("postgres:///shop?host=/tmp/x&user=ann", "/tmp/x", 5432, "ann", "shop", "postgres://ann@/shop?host=/tmp/x")]
    [InlineData("postgres://a%40b:p%2Fw@db/shop?keepalives=1", "db", 5432, "a@b", "shop", "postgres://a%40b@db:5432/shop")]
    public void The_parts_of_an_address_are_those_of_libpq(string text, string host, int port, string user, string database, string name)
    {
        var address = PostgresAddress.Parse(text, Defaults());
        var built = new NpgsqlConnectionStringBuilder(address.ConnectionString);
        Assert.Equal((host, port, user, database), (built.Host, built.Port, built.Username, built.Database));
        Assert.Equal(name, address.Name);
    }

    [Theory]
    [InlineData("postgres://u@db.example.org/d", SslMode.VerifyFull)]
    [InlineData("postgres://u@10.0.0.7/d", SslMode.VerifyFull)]
    [InlineData("postgres://u@localhost/d", SslMode.Prefer)]
    [InlineData("postgres://u@127.0.0.1/d", SslMode.Prefer)]
    [InlineData("postgres://u@[::1]/d", SslMode.Prefer)]
    [InlineData("postgres:///d?host=/var/run/postgresql", SslMode.Prefer)]
    [InlineData("postgres://u@db.example.org/d?sslmode=require", SslMode.Require)]
    [InlineData("postgres://u@localhost/d?sslmode=verify-ca", SslMode.VerifyCA)]
    public void Other_machines_prove_their_name_unless_something_weaker_is_written_down(string text, SslMode mode) =>
        Assert.Equal(mode, new NpgsqlConnectionStringBuilder(PostgresAddress.Parse(text, Defaults()).ConnectionString).SslMode);

    [Fact]
    public void A_password_is_hidden_wherever_it_comes_from()
    {
        File.WriteAllText(Path.Combine(_home.FullName, ".pgpass"), "db:*:shop:ann:from\\:file\n");
        File.SetUnixFileMode(Path.Combine(_home.FullName, ".pgpass"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Check(Defaults(), "postgres://ann:in%20url@db/shop", "in url", "in%20url");
        Check(Defaults(("PGPASSWORD", "from env")), "postgres://ann@db/shop", "from env");
        Check(Defaults(), "postgres://ann@db/shop", "from:file");

        static void Check(ConnectionDefaults defaults, string text, string password, string? spelled = null)
        {
            var address = PostgresAddress.Parse(text, defaults);
            Assert.Equal(password, new NpgsqlConnectionStringBuilder(address.ConnectionString).Password);
            Assert.DoesNotContain(password, address.Name, StringComparison.Ordinal);
            Assert.Equal("a ***** b *****", defaults.Secrets.Hide($"a {password} b {spelled ?? password}"));
        }
    }

    [Fact]
    public void A_file_of_passwords_that_others_may_read_is_not_used()
    {
        var path = Path.Combine(_home.FullName, ".pgpass");
        File.WriteAllText(path, "*:*:*:*:secret\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var built = new NpgsqlConnectionStringBuilder(PostgresAddress.Parse("postgres://ann@db/shop", Defaults()).ConnectionString);
        Assert.Null(built.Password);
        // Not by the driver either.
        Assert.Equal("/dev/null", built.Passfile);
    }

    [Fact]
    public void What_guards_a_connection_is_kept()
    {
        var address = PostgresAddress.Parse("postgres://u@db/d?channel_binding=require&gssencmode=disable&target_session_attrs=any", Defaults());
        var built = new NpgsqlConnectionStringBuilder(address.ConnectionString);
        Assert.Equal((ChannelBinding.Require, GssEncryptionMode.Disable), (built.ChannelBinding, built.GssEncryptionMode));
    }

    [Fact]
    public void A_service_says_what_the_address_does_not()
    {
        File.WriteAllText(Path.Combine(_home.FullName, ".pg_service.conf"), "# mine\n[other]\nhost=x\n\n[shop]\nhost = db\nport=6000\nuser=ann\nsslmode=require\n[last]\nhost=y\n");
        var address = PostgresAddress.Parse("postgres://bob@/d?service=shop", Defaults(("PGPORT", "1")));
        Assert.Equal("postgres://bob@db:6000/d", address.Name);
        Assert.Equal("sslmode require", address.Tls);
        var fault = Assert.Throws<QuernException>(() => PostgresAddress.Parse("service=shpo", Defaults())).Fault;
        Assert.Equal(("QN8261", "service=shop"), (fault.Code, Assert.Single(fault.Try)));
    }

    [Theory]
    [InlineData("postgres://u@db/d?sslmod=require", "sslmod", "?sslmode=...")]
    [InlineData("postgres://a,b/d", "several hosts", "postgres://user@host:5432/database")]
    [InlineData("postgres://u@db:0/d", "\"0\"", "postgres://user@host:5432/database")]
    [InlineData("postgres://u@db/d?target_session_attrs=read-write", "\"read-write\"", "postgres://user@host:5432/database")]
    [InlineData("postgres://u@db/d?ssl_min_protocol_version=TLSv1.3", "\"TLSv1.3\"", "postgres://user@host:5432/database")]
    [InlineData("postgres://u@db/d?sslmode=always", "\"always\"", "postgres://user@host:5432/database")]
    public void What_is_no_address_is_refused(string text, string value, string hint)
    {
        var fault = Assert.Throws<QuernException>(() => PostgresAddress.Parse(text, Defaults())).Fault;
        Assert.Equal(("QN8260", value, hint, ExitCode.Usage), (fault.Code, fault.Value, fault.Try[0], fault.ExitCode));
    }

    ConnectionDefaults Defaults(params (string Name, string Value)[] variables) =>
        new(variables.Append(("HOME", _home.FullName)).ToDictionary(v => v.Item1, v => v.Item2), "me");
}
