using System.Globalization;
using System.Net;
using Npgsql;

namespace Quern.Delivery.Postgres.Address;

/// <summary>A database of PostgreSQL, who connects to it, and how well the connection is guarded.</summary>
/// <remarks>What is not written in the address comes from the service, then from the environment (PGHOST and its like), then is as libpq
/// has it, but for <c>sslmode</c>: to another machine it is <c>verify-full</c> unless something weaker is written down. A password comes
/// from the address, the service, PGPASSWORD or the file of passwords; nothing here shows it.</remarks>
public sealed class PostgresAddress
{
    const string Application = "quern";
    const int UsualPort = 5432;
    const int UsualConnectSeconds = 15;

    /// <summary>A server that is silent for so long is asked whether it is still there.</summary>
    const int KeepAliveSeconds = 30;

    readonly NpgsqlConnectionStringBuilder _connection;

    PostgresAddress(NpgsqlConnectionStringBuilder connection, string name, string tls) => (_connection, Name, Tls) = (connection, name, tls);

    /// <summary>The address without its password.</summary>
    public string Name { get; }

    /// <summary>How the connection is guarded, for people.</summary>
    public string Tls { get; }

    /// <summary>The database.</summary>
    internal string Database => _connection.Database!;

    /// <summary>The user.</summary>
    internal string User => _connection.Username!;

    /// <summary>What the driver is told; holds the password.</summary>
    internal string ConnectionString => _connection.ConnectionString;

    /// <summary>Whether a text is meant to be an address of PostgreSQL.</summary>
    public static bool Is(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AddressText.Is(text);
    }

    /// <summary>Refuses a text that is no address of PostgreSQL but looks like a misspelled one, before anything shows what it holds; hides
    /// what may be a password in it.</summary>
    /// <exception cref="QuernException">QN8260, exit code 2.</exception>
    internal static void Guard(string text, Secrets secrets)
    {
        AddressSecret.Hide(text, secrets);
        if (!AddressText.Is(text) && AddressSecret.IsLikely(text)) throw AddressText.None(text);
    }

    /// <summary>Hides what may be a password in a word of a command line.</summary>
    /// <param name="word">The word: an address, an option with one, or anything else.</param>
    /// <param name="secrets">Is told of it.</param>
    public static void Hide(string word, Secrets secrets)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(secrets);
        AddressSecret.Hide(word, secrets);
    }

    /// <summary>Reads an address.</summary>
    /// <param name="text"><c>postgres://user@host:port/database?sslmode=...</c>; host may be the folder of a unix socket; or
    /// <c>service=NAME</c>.</param>
    /// <param name="defaults">What stands for the parts that it does not have.</param>
    /// <exception cref="QuernException">QN8260, QN8261, exit code 2: it is none.</exception>
    public static PostgresAddress Parse(string text, ConnectionDefaults defaults)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(defaults);
        AddressSecret.Hide(text, defaults.Secrets);
        var written = AddressText.Read(text);
        var service = written.GetValueOrDefault("service") ?? defaults.Variable("PGSERVICE");
        var listed = service is null ? [] : ServiceFile.Find(service, defaults);

        var host = Part("host", "PGHOST") ?? Part("hostaddr", "PGHOSTADDR")
            ?? (Directory.Exists("/var/run/postgresql") ? "/var/run/postgresql" : "localhost");
        var port = Number("port", "PGPORT", UsualPort);
        var user = Part("user", "PGUSER") ?? defaults.UserName;
        var database = Part("dbname", "PGDATABASE") ?? user;
        var isSocket = host.StartsWith('/');
        var mode = Part("sslmode", "PGSSLMODE");
        var tls = ModeOf(mode ?? (isSocket || IsLoopback(host) ? "prefer" : "verify-full"));
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = port,
            Username = user,
            Database = database,
            SslMode = tls,
            Timeout = Number("connect_timeout", "PGCONNECT_TIMEOUT", UsualConnectSeconds),
            ApplicationName = Part("application_name", "PGAPPNAME") ?? Application,
            Timezone = "UTC",
            Encoding = "UTF8",
            Pooling = false,
            CommandTimeout = 0,
            IncludeErrorDetail = true,
            PersistSecurityInfo = false,
            // The driver would read the file of passwords by itself, whoever else may read it.
            Passfile = "/dev/null",
        };
        if (!isSocket)
        {
            connection.TcpKeepAlive = true;
            connection.TcpKeepAliveTime = KeepAliveSeconds;
            connection.TcpKeepAliveInterval = KeepAliveSeconds / 3;
        }
        // What guards a connection is kept, or refused; never passed over.
        connection.ChannelBinding = Choice("channel_binding", "PGCHANNELBINDING", connection.ChannelBinding,
            ("disable", ChannelBinding.Disable), ("prefer", ChannelBinding.Prefer), ("require", ChannelBinding.Require));
        connection.GssEncryptionMode = Choice("gssencmode", "PGGSSENCMODE", connection.GssEncryptionMode,
            ("disable", GssEncryptionMode.Disable), ("prefer", GssEncryptionMode.Prefer), ("require", GssEncryptionMode.Require));
        Choice("ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION", 0, ("TLSv1", 0), ("TLSv1.1", 0), ("TLSv1.2", 0));
        Choice("target_session_attrs", "PGTARGETSESSIONATTRS", 0, ("any", 0));
        if (Part("options", "PGOPTIONS") is { } options) connection.Options = options;
        if (Part("sslrootcert", "PGSSLROOTCERT") is { } root and not "system") connection.RootCertificate = root;
        if (Part("sslcert", "PGSSLCERT") is { } certificate) connection.SslCertificate = certificate;
        if (Part("sslkey", "PGSSLKEY") is { } key) connection.SslKey = key;
        if (Password() is { } password)
        {
            connection.Password = password;
            defaults.Secrets.Add(password);
            defaults.Secrets.Add(Uri.EscapeDataString(password));
        }
        var place = isSocket
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}");
        var name = $"postgres://{Uri.EscapeDataString(user)}@{place}/{Uri.EscapeDataString(database)}{(isSocket ? $"?host={host}" : "")}";
        return new(connection, name, isSocket ? "unix socket" : $"sslmode {mode ?? (tls == SslMode.Prefer ? "prefer" : "verify-full")}");

        string? Part(string key, string variable) =>
            written.GetValueOrDefault(key) ?? listed.GetValueOrDefault(key) ?? defaults.Variable(variable);

        int Number(string key, string variable, int usual)
        {
            if (Part(key, variable) is not { } digits) return usual;
            var isNumber = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            if (isNumber && number is > 0 and <= ushort.MaxValue) return number;
            throw Wrong(key, digits, "a whole number, 1 to 65535");
        }

        T Choice<T>(string key, string variable, T usual, params (string Word, T Value)[] choices)
        {
            if (Part(key, variable) is not { } word) return usual;
            foreach (var choice in choices)
                if (choice.Word == word) return choice.Value;
            throw Wrong(key, word, string.Join(", ", choices.Select(c => c.Word)));
        }

        string? Password()
        {
            if (Part("password", "PGPASSWORD") is { } said) return said;
            return (Part("passfile", "PGPASSFILE") ?? defaults.InHome(".pgpass")) is { } file
                ? PassFile.Find(file, isSocket ? "localhost" : host, port, database, user)
                : null;
        }
    }

    static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    static SslMode ModeOf(string mode) => mode switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw Wrong("sslmode", mode, "disable, allow, prefer, require, verify-ca or verify-full"),
    };

    static QuernException Wrong(string key, string value, string wanted) => new(new Fault("QN8260", "not an address of PostgreSQL")
    {
        Where = key,
        Value = $"\"{value}\"",
        Wanted = wanted,
        Try = ["postgres://user@host:5432/database"],
        ExitCode = ExitCode.Usage,
    });
}
