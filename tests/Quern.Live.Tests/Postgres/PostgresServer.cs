using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Quern.Live.Tests.Postgres;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Quern.Live.Tests.Postgres;

/// <summary>A PostgreSQL with PostGIS on a free port of the loopback, with a data folder of its own; it ends with this process, however
/// that ends.</summary>
/// <remarks>A shell stands between: it reads a pipe from this process, and stops the server when the pipe is closed, which the system does
/// for a process that is killed, too. PostgreSQL refuses to run as root: then an unprivileged user is made for it.</remarks>
public sealed class PostgresServer : IDisposable
{
    const string User = "quern-live";
    const string Folders = "/usr/lib/postgresql";

    /// <summary>Keeps the server as long as standard input is open; then stops it and, unless it is told to keep it, removes its
    /// folder.</summary>
    const string Keeper =
        """
        as=$1 bin=$2 home=$3 port=$4
        exec 2>>"$home/log"
        $as "$bin/postgres" -D "$home/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories="$home" \
          -c fsync=off -c max_connections=40 -c shared_buffers=64MB -c logging_collector=off >>"$home/log" 2>&1 &
        server=$!
        read -r word || word=
        kill -QUIT "$server" 2>/dev/null
        wait "$server"
        [ "$word" = keep ] || rm -rf "$home"
        """;

    readonly string? _bin = Bin();
    readonly string _home;
    readonly int _port;
    Process? _keeper;

    /// <summary>Starts it; nothing when PostgreSQL is not installed.</summary>
    public PostgresServer()
    {
        (_home, _port) = ("", FreePort());
        if (_bin is null) return;
        _home = Directory.CreateTempSubdirectory("quern-live-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            Shell($"id {User} >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin {User}");
            Shell($"chown {User} '{_home}'");
        }
        File.WriteAllText($"{_home}/password", Password);
        if (Environment.IsPrivilegedProcess) Shell($"chown {User} '{_home}/password'");
        Shell($"{As} '{_bin}/initdb' -D '{_home}/data' --no-sync -U quern -E UTF8 --locale=C.UTF-8 --auth-local=trust --auth-host=scram-sha-256 "
            + $"--pwfile='{_home}/password' >'{_home}/log' 2>&1");
        Start();
        using var connection = Open();
        Execute(connection, "create extension if not exists postgis");
    }

    /// <summary>Of the superuser <c>quern</c>; has what URLs, files of passwords and shells treat in their own way.</summary>
    public const string Password = "p@ss:w/o%rd\\ '1";

    /// <summary>The name of the superuser.</summary>
    public const string Superuser = "quern";

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port => _port;

    /// <summary>The folder of its unix socket.</summary>
    public string SocketFolder => _home;

    /// <summary>What users write; the password is percent-encoded.</summary>
    public string Url => UrlOf(_port);

    /// <summary>The same by way of another port.</summary>
    public static string UrlOf(int port) => string.Create(
        CultureInfo.InvariantCulture, $"postgres://{Superuser}:{Uri.EscapeDataString(Password)}@127.0.0.1:{port}/postgres");

    /// <summary>Skips the test where PostgreSQL or PostGIS is not installed.</summary>
    public void Need() => Assert.SkipWhen(_bin is null, "not installed: postgresql-15, postgresql-15-postgis-3");

    /// <summary>A connection of the superuser.</summary>
    public NpgsqlConnection Open()
    {
        Need();
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = _port,
            Username = Superuser,
            Password = Password,
            Database = "postgres",
            Pooling = false,
            Timezone = "UTC",
        };
        var connection = new NpgsqlConnection(builder.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Ends the server as a crash of the machine would, and starts it again.</summary>
    public void Crash()
    {
        // Its processes, too: those left alone notice it only after a while, and until then it does not start again.
        Shell($"pid=$(head -n 1 '{_home}/data/postmaster.pid'); kill -9 $pid $(pgrep -P $pid)");
        Stop(keep: true);
        Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bin is not null) Stop(keep: false);
    }

    /// <summary>Runs statements.</summary>
    public static int Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteNonQuery();
    }

    static string As => Environment.IsPrivilegedProcess ? $"setpriv --reuid={User} --regid={User} --clear-groups" : "";

    static string? Bin() => !Directory.Exists(Folders) ? null : Directory.GetDirectories(Folders)
        .Where(d => File.Exists($"{d}/bin/postgres") && File.Exists($"/usr/share/postgresql/{Path.GetFileName(d)}/extension/postgis.control"))
        .OrderByDescending(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture)).Select(d => $"{d}/bin").FirstOrDefault();

    void Start()
    {
        var port = _port.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("/bin/bash", ["-c", Keeper, "keeper", As, _bin!, _home, port])
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        _keeper = Process.Start(start)!;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var connection = Open();
                return;
            }
            catch (NpgsqlException) when (attempt < 300)
            {
                Task.Delay(50).Wait();
            }
        }
    }

    void Stop(bool keep)
    {
        if (_keeper is null) return;
        if (keep) _keeper.StandardInput.WriteLine("keep");
        _keeper.StandardInput.Close();
        _keeper.WaitForExit();
        _keeper.Dispose();
        _keeper = null;
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static void Shell(string line)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", line]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"ended with status {process.ExitCode}: {line}");
    }
}
