using System.Diagnostics;
using System.Globalization;
using Quern.Live.Tests.Postgres;
using Quern.Loading;

namespace Quern.Live.Tests.Loading;

/// <summary>A server that takes encrypted connections only, with a certificate for <c>localhost</c> by an authority of the test's own.</summary>
public sealed class TlsTests : IDisposable
{
    const string Certificates =
        """
        set -e
        cd "$1"
        openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 2 -subj /CN=quern-test
        openssl req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost
        echo subjectAltName=DNS:localhost >names
        openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.crt
        chmod 600 server.key
        chown --reference="$1/data" server.key server.crt
        """;

    readonly PostgresServer _own;
    readonly Schema _db;

    public TlsTests()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "not installed: openssl");
        _own = new PostgresServer();
        _own.Need();
        _db = new Schema(_own);
        var home = _own.SocketFolder;
        using (var made = Process.Start(new ProcessStartInfo("bash", ["-c", Certificates, "bash", home]) { RedirectStandardError = true })!)
        {
            var words = made.StandardError.ReadToEnd();
            made.WaitForExit();
            Assert.True(made.ExitCode == 0, words);
        }
        File.WriteAllText($"{home}/data/pg_hba.conf", "local all all trust\nhostssl all all all scram-sha-256\n");
        _db.Execute("create table goods (id bigint)");
        foreach (var setting in new[] { "ssl = on", $"ssl_cert_file = '{home}/server.crt'", $"ssl_key_file = '{home}/server.key'" })
            _db.Execute($"alter system set {setting}");
        _db.Execute("select pg_reload_conf()");
        for (var attempt = 0; attempt < 100 && _db.One("show ssl") != "on"; attempt++) Task.Delay(20).Wait();
        Assert.Equal("on", _db.One("show ssl"));
    }

    public void Dispose()
    {
        _db?.Dispose();
        _own?.Dispose();
    }

    [Fact]
    public void A_server_proves_its_name_or_gets_nothing()
    {
        var authority = Uri.EscapeDataString($"{_own.SocketFolder}/ca.crt");
        Schema.Done(To("localhost", $"sslmode=verify-full&sslrootcert={authority}"));
        Assert.Equal("3", _db.One("select count(*) from goods"));
        // By another name than the certificate has; by an authority that nobody knows; not encrypted.
        foreach (var (host, parameters) in new[]
        {
            ("127.0.0.1", $"sslmode=verify-full&sslrootcert={authority}"), ("localhost", "sslmode=verify-full"),
        })
        {
            var fault = Schema.Fails(To(host, parameters));
            Assert.Equal(("QN8273", ExitCode.Unreachable), (fault.Code, fault.ExitCode));
            Assert.DoesNotContain(PostgresServer.Password, fault.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal(ExitCode.Unreachable, Schema.Fails(To("localhost", "sslmode=disable")).ExitCode);
        Schema.Done(To("127.0.0.1", "sslmode=require"));
        Assert.Equal("6", _db.One("select count(*) from goods"));
    }

    LoadRequest To(string host, string parameters) => _db.Request("select * from range(3) t(id)", "goods") with
    {
        To = string.Create(
            CultureInfo.InvariantCulture,
            $"postgres://{PostgresServer.Superuser}:{Uri.EscapeDataString(PostgresServer.Password)}@{host}:{_own.Port}/postgres?{parameters}"),
    };
}
