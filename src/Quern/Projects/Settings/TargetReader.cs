using Quern.Jinja.Values;

namespace Quern.Projects.Settings;

/// <summary>Makes a target of an output of profiles.yml.</summary>
static class TargetReader
{
    /// <summary>Words in the names of keys whose values nobody may see.</summary>
    static readonly string[] SecretWords = ["password", "passwd", "pass", "secret", "token", "private_key", "key_id", "access_key", "encryption_key", "credential"];

    static readonly string?[] AttachKeys = ["path", "alias", "type", "read_only", "options", "secret", "is_ducklake"];

    /// <summary>Makes the target.</summary>
    /// <param name="profile">Name of its profile.</param>
    /// <param name="name">Name of the output.</param>
    /// <param name="output">The output, rendered.</param>
    /// <param name="shown">How errors call the output.</param>
    /// <param name="threads">Nodes at a time asked for; null for the profile's.</param>
    /// <param name="warn">Takes warnings: code and sentence.</param>
    /// <exception cref="QuernException">QN7177: the output asks for what is not there, or a value does not fit.</exception>
    public static Target Make(string profile, string name, Dict output, string shown, int? threads, Action<string, string> warn)
    {
        if (Texts.Of(output["type"]) is var type && type != "duckdb")
            throw Bad("projects run on DuckDB only", shown, "type", type, "a target with `type: duckdb`");
        ProfileKeys.Check(output, shown, warn);
        var path = Texts.Of(output["path"]) ?? ":memory:";
        if (path.StartsWith("md:", StringComparison.Ordinal) || path.StartsWith("motherduck:", StringComparison.Ordinal))
            throw Bad("databases are files or in memory", shown, "path", null, "the path of a file, or :memory:");
        var attach = Attach(output["attach"], shown);
        var own = CatalogOf(path);
        var database = Texts.Of(output["database"]) ?? own;
        if (database != own && !attach.Any(a => (a.Alias ?? CatalogOf(a.Path)) == database))
        {
            throw Bad(
                "the database of a target is its file, or one that is attached", shown, "database", database,
                $"\"{own}\", after the file, or the alias of an attached one");
        }
        var target = new Target
        {
            ProfileName = profile,
            Name = name,
            Path = path,
            Database = database,
            Schema = Texts.Of(output["schema"]) ?? "main",
            Threads = threads ?? Threads(output["threads"], shown),
            Extensions = Extensions(output["extensions"], shown),
            Repositories = Repositories(output["extensions"]),
            Secrets = EngineSecret.Read(output["secrets"], $"{shown}.secrets"),
            Settings = Pairs(output["settings"], "settings", shown),
            ConfigOptions = Pairs(output["config_options"], "config_options", shown),
            Attach = attach,
            ExternalRoot = Texts.Of(output["external_root"]) ?? ".",
            Values = new Dict(),
        };
        Show(target, output);
        return target;
    }

    /// <summary>The catalog of a database file: its name without folders and ending; <c>memory</c> without a file.</summary>
    public static string CatalogOf(string path)
    {
        if (path is ":memory:" or "") return "memory";
        var name = Path.GetFileNameWithoutExtension(path.Split('?')[0]);
        return name.Length == 0 ? "memory" : name;
    }

    /// <summary>Whether a key names something secret.</summary>
    internal static bool IsSecret(string key) => SecretWords.Any(w => key.Contains(w, StringComparison.OrdinalIgnoreCase));

    static void Show(Target target, Dict output)
    {
        foreach (var (key, value) in output)
            if (key is string text && !IsSecret(text)) target.Values[text] = Public(value);
        target.Values["name"] = target.Name;
        target.Values["target_name"] = target.Name;
        target.Values["profile_name"] = target.ProfileName;
        target.Values["type"] = "duckdb";
        target.Values["threads"] = (long)target.Threads;
        target.Values["database"] = target.Database;
        target.Values["schema"] = target.Schema;
        target.Values["path"] = target.Path;
        target.Values["external_root"] = target.ExternalRoot;
    }

    static object? Public(object? value)
    {
        switch (value)
        {
            case List<object?> list:
                return list.Select(Public).ToList();
            case Dict dict:
                var shown = new Dict();
                foreach (var (key, item) in dict)
                    if (key is not string text || !IsSecret(text)) shown[key] = Public(item);
                return shown;
            default:
                return value;
        }
    }

    static int Threads(object? value, string shown) => value switch
    {
        null => 1,
        _ when Texts.Whole(value) is > 0 and <= 1024 and var threads => (int)threads,
        _ => throw Bad("a number of threads is wanted", shown, "threads", Texts.Of(value), "a whole number from 1"),
    };

    static List<string> Extensions(object? value, string shown)
    {
        var names = new List<string>();
        foreach (var entry in value as List<object?> ?? (value is null ? [] : throw Bad("a list of extensions is wanted", shown, "extensions", null, "extensions: [json]")))
        {
            if ((entry as string ?? (entry as Dict)?["name"] as string) is { Length: > 0 } name) names.Add(name);
            else if (entry is not null) throw Bad("a list of extensions is wanted", shown, "extensions", null, "a name, or {name: ..., repo: ...}");
        }
        return names;
    }

    static Dictionary<string, string> Repositories(object? value) => (value as List<object?> ?? []).OfType<Dict>()
        .Where(e => e["name"] is string && (e["repo"] ?? e["repository"]) is string)
        .ToDictionary(e => (string)e["name"]!, e => (string)(e["repo"] ?? e["repository"])!, StringComparer.Ordinal);

    static List<KeyValuePair<string, string>> Pairs(object? value, string key, string shown)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        if (value is null) return pairs;
        if (value is not Dict dict) throw Bad("a mapping of settings is wanted", shown, key, null, $"{key}: {{name: value}}");
        foreach (var (name, setting) in dict)
        {
            if (setting is null) continue;
            pairs.Add(new(
                Texts.Of(name) ?? "",
                Texts.Of(setting) ?? throw Bad("a setting is text, a number, true or false", shown, $"{key}.{name}", null, "one value")));
        }
        return pairs;
    }

    static List<AttachedFile> Attach(object? value, string shown)
    {
        var attached = new List<AttachedFile>();
        if (value is not (null or List<object?>))
            throw Bad("a list of databases to attach is wanted", shown, "attach", null, "- {path: other.duckdb, alias: other}");
        foreach (var entry in value as List<object?> ?? [])
        {
            if (entry is not Dict dict || Texts.Of(dict["path"]) is not { Length: > 0 } path)
                throw Bad("a database to attach has a path", shown, "attach", null, "- {path: other.duckdb, alias: other}");
            if (Jinja.Values.Value.IsTrue(dict["is_ducklake"]))
                throw Bad("the profile asks for something that this tool does not do", shown, "attach.is_ducklake", null, "a database without it");
            if (dict.Keys.FirstOrDefault(k => !AttachKeys.Contains(k as string)) is { } unknown)
                throw Bad("there is no such key of an attached database", shown, $"attach.{Texts.Of(unknown)}", null, string.Join(", ", AttachKeys));
            var options = Pairs(dict["options"], "attach.options", shown);
            if (options.Find(o => o.Key.Length == 0 || !o.Key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) is { Key: { } odd })
                throw Bad("an option of an attached database is a word", shown, "attach.options", odd, "options: {data_path: ...}");
            if (Texts.Of(dict["secret"]) is { Length: > 0 } secret) options.Add(new("secret", secret));
            attached.Add(new AttachedFile(path, Texts.Of(dict["alias"]), Texts.Of(dict["type"]), Texts.Flag(dict["read_only"]) ?? false, options));
        }
        return attached;
    }

    static QuernException Bad(string what, string shown, string key, string? value, string wanted) => new(
        new Fault("QN7177", what)
        {
            Where = $"{shown}.{key}",
            Value = value is null || IsSecret(key) ? null : $"\"{value}\"",
            Wanted = wanted,
            ExitCode = ExitCode.Usage,
        });
}
