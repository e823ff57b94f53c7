namespace Quern.Delivery.Postgres.Address;

/// <summary>Takes apart what a user writes: <c>postgres://user:password@host:port/database?sslmode=...</c>, or <c>service=NAME</c>
/// (PostgreSQL 15 manual, section 34.1.1.2).</summary>
static class AddressText
{
    const string Service = "service=";
    const int MostPortDigits = 5;

    static readonly string[] Schemes = ["postgres://", "postgresql://"];

    /// <summary>Parameters that say something to Quern.</summary>
    static readonly string[] Known =
    [
        "host", "hostaddr", "port", "dbname", "user", "password", "passfile", "service", "sslmode", "sslrootcert", "sslcert", "sslkey",
        "channel_binding", "gssencmode", "ssl_min_protocol_version", "target_session_attrs", "connect_timeout", "application_name", "options",
    ];

    /// <summary>Parameters of libpq that change nothing here.</summary>
    static readonly string[] Silent =
    [
        "client_encoding", "fallback_application_name", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count",
        "tcp_user_timeout", "sslcompression", "sslsni",
    ];

    /// <summary>Whether a text is meant to be an address of PostgreSQL.</summary>
    public static bool Is(string text) => Scheme(text) is not null || text.StartsWith(Service, StringComparison.Ordinal);

    /// <summary>The parts by the names of libpq.</summary>
    /// <exception cref="QuernException">QN8260, exit code 2: it is none, or has a parameter that is none.</exception>
    public static Dictionary<string, string> Read(string text)
    {
        if (Scheme(text) is not { } scheme)
            return text.StartsWith(Service, StringComparison.Ordinal) ? new() { ["service"] = text[Service.Length..] } : throw None(text);
        var parts = new Dictionary<string, string>();
        var rest = text.AsSpan(scheme.Length);
        // A password with such a character, not encoded, would be taken for a host, a port or a database: and those are shown.
        if (rest.IndexOfAny('/', '?') is >= 0 and var behindHost && rest[behindHost..].Contains('@')) throw Unescaped(scheme);
        var query = rest.IndexOf('?') is >= 0 and var q ? rest[(q + 1)..] : default;
        if (rest.IndexOf('?') is >= 0 and var end) rest = rest[..end];
        if (rest.IndexOf('/') is >= 0 and var slash)
        {
            if (slash + 1 < rest.Length) parts["dbname"] = Decoded(rest[(slash + 1)..]);
            rest = rest[..slash];
        }
        if (rest.LastIndexOf('@') is >= 0 and var at)
        {
            var who = rest[..at];
            rest = rest[(at + 1)..];
            var colon = who.IndexOf(':');
            if (colon >= 0) parts["password"] = Decoded(who[(colon + 1)..]);
            if (colon != 0) parts["user"] = Decoded(colon > 0 ? who[..colon] : who);
        }
        if (rest.Contains(',')) throw Wrong("several hosts", "one host");
        Place(rest, parts, parts.ContainsKey("user") || parts.ContainsKey("password"));
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.Length == 0) continue;
            var equals = pair.IndexOf('=');
            var key = Decoded(equals < 0 ? pair : pair[..equals]);
            if (Silent.Contains(key)) continue;
            if (equals < 0 || !Known.Contains(key))
                throw Wrong(key, string.Join(", ", Known), NearestName.Of(key, Known));
            parts[key] = Decoded(pair[(equals + 1)..]);
        }
        return parts;
    }

    static string? Scheme(string text) => Schemes.FirstOrDefault(s => text.StartsWith(s, StringComparison.Ordinal));

    static void Place(ReadOnlySpan<char> rest, Dictionary<string, string> parts, bool hasUser)
    {
        // An address of IPv6 stands in brackets.
        var behind = rest.StartsWith("[") ? rest.IndexOf(']') + 1 : 0;
        var colon = rest[behind..].IndexOf(':');
        var host = colon < 0 ? rest : rest[..(behind + colon)];
        if (colon >= 0 && rest.Length > behind + colon + 1)
        {
            var port = rest[(behind + colon + 1)..];
            // Without a user in front it may be a user's name and password, to which the host is missing.
            if (port.ContainsAnyExceptInRange('0', '9') || (!hasUser && port.Length > MostPortDigits)) throw NoPort();
            parts["port"] = port.ToString();
        }
        if (host.Length > 0) parts["host"] = Decoded(host.Trim("[]"));
    }

    static string Decoded(ReadOnlySpan<char> text) => Uri.UnescapeDataString(text);

    /// <summary>A text that is no address, of which nothing is shown but its first word: the rest may be a password.</summary>
    public static QuernException None(string text) => Wrong(
        AddressSecret.Scheme(text) is { } word ? $"{word}..." : null, "postgres://..., postgresql://... or service=NAME");

    static QuernException Unescaped(string scheme) => Wrong($"{scheme}...", "no / ? or @ in user and password but %2F, %3F, %40");

    static QuernException NoPort() => Wrong(null, "a port: a whole number, 1 to 65535");

    static QuernException Wrong(string? value, string wanted, string? near = null) => new(new Fault("QN8260", "not an address of PostgreSQL")
    {
        Where = "--to",
        Value = value,
        Wanted = wanted,
        Try = [near is null ? "postgres://user@host:5432/database" : $"?{near}=...",
            "a password with / or @ is written percent-encoded: %2F, %40"],
        ExitCode = ExitCode.Usage,
    });
}
