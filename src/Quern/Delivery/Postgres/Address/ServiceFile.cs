namespace Quern.Delivery.Postgres.Address;

/// <summary>Named connections as libpq reads them: sections of <c>key=value</c> lines (PostgreSQL 15 manual, section 34.17).</summary>
static class ServiceFile
{
    /// <summary>What a service says.</summary>
    /// <exception cref="QuernException">QN8261, exit code 2: there is no such service.</exception>
    public static Dictionary<string, string> Find(string service, ConnectionDefaults defaults)
    {
        string?[] paths =
        [
            defaults.Variable("PGSERVICEFILE") ?? defaults.InHome(".pg_service.conf"),
            Path.Combine(defaults.Variable("PGSYSCONFDIR") ?? "/etc/postgresql-common", "pg_service.conf"),
        ];
        var names = new List<string>();
        foreach (var path in paths.OfType<string>().Where(File.Exists))
        {
            Dictionary<string, string>? found = null;
            foreach (var line in File.ReadLines(path).Select(l => l.Trim()))
            {
                if (line.Length == 0 || line.StartsWith('#')) continue;
                if (line is ['[', .. var name, ']'])
                {
                    if (found is not null) return found;
                    names.Add(name);
                    if (name == service) found = [];
                }
                else if (found is not null && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
                {
                    found[line[..at].Trim()] = line[(at + 1)..].Trim();
                }
            }
            if (found is not null) return found;
        }
        throw new QuernException(new Fault("QN8261", "this service is in no file of services")
        {
            Where = string.Join(", ", paths.OfType<string>()),
            // Whoever writes an address in place of a name may have written a password.
            Value = service.AsSpan().ContainsAny(':', '@', '=') ? null : $"\"{service}\"",
            Try = NearestName.Of(service, names) is { } near ? [$"service={near}"] : ["PGSERVICEFILE=FILE     the file where it is"],
            ExitCode = ExitCode.Usage,
        });
    }
}
