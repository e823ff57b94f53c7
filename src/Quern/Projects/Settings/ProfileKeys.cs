using Quern.Jinja.Values;

namespace Quern.Projects.Settings;

/// <summary>The keys of an output of profiles.yml: which do something, which do nothing here, and which cannot be done.</summary>
static class ProfileKeys
{
    /// <summary>Keys that do what they do elsewhere.</summary>
    static readonly string[] Known =
    [
        "type", "path", "database", "schema", "threads", "extensions", "settings", "config_options", "attach", "external_root", "secrets", "keep_open",
    ];

    /// <summary>Keys without which a run comes to the same, with the reason.</summary>
    static readonly Dictionary<string, string> Idle = new(StringComparer.Ordinal)
    {
        ["disable_transactions"] = "each node keeps its own transaction",
        ["module_paths"] = "no Python is run",
        ["retries"] = "nothing is tried again: a database that is in use ends the run with exit code 5",
    };

    /// <summary>Keys that a run needs and cannot have, with what to do instead.</summary>
    static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["plugins"] = "read files in SQL (read_csv, read_parquet, read_json), or `attach` the database",
        ["filesystems"] = "the extension httpfs with `secrets`, and paths such as s3://... in SQL",
        ["remote"] = "run where the database file lies",
        ["use_credential_provider"] = "`secrets` with their keys, or with `provider: credential_chain`",
        ["is_ducklake"] = "the extension ducklake with `attach`, and `database` with its alias",
    };

    /// <summary>Looks through an output.</summary>
    /// <param name="output">The output, rendered.</param>
    /// <param name="shown">How errors call it.</param>
    /// <param name="warn">Takes warnings.</param>
    /// <exception cref="QuernException">QN7177: it asks for something that cannot be done.</exception>
    public static void Check(Dict output, string shown, Action<string, string> warn)
    {
        foreach (var (name, value) in output)
        {
            var key = Texts.Of(name) ?? "";
            if (Known.Contains(key)) continue;
            if (Refused.TryGetValue(key, out var instead))
            {
                if (Value.IsTrue(value)) throw Cannot(shown, key, instead);
            }
            else if (Idle.TryGetValue(key, out var reason))
            {
                if (Value.IsTrue(value)) warn("QN7173", $"{shown}.{key}: the key does nothing here: {reason}");
            }
            else if (!key.StartsWith('+'))
            {
                var near = NearestName.Of(key, Known.Concat(Idle.Keys).Concat(Refused.Keys));
                warn("QN7174", $"{shown}.{key}: there is no key of this name{(near is null ? "" : $"; did you mean {near}?")}");
            }
        }
    }

    static QuernException Cannot(string shown, string key, string instead) => new(
        new Fault("QN7177", "the profile asks for something that this tool does not do")
        {
            Where = $"{shown}.{key}",
            Wanted = "a target without it",
            Try = [instead],
            ExitCode = ExitCode.Usage,
        });
}
