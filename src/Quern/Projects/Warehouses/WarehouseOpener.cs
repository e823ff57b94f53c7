using System.Globalization;
using Quern.Budget;
using Quern.Duck;
using Quern.Projects.Settings;

namespace Quern.Projects.Warehouses;

/// <summary>Opens the database that a target names (specification section 3.11).</summary>
public static class WarehouseOpener
{
    /// <summary>Settings that the caller's limits decide; the profile's values stand only where the caller says nothing.</summary>
    static readonly string[] MemoryNames = ["memory_limit", "max_memory"];
    static readonly string[] ThreadNames = ["threads", "worker_threads"];

    /// <summary>Opens it, loads extensions, attaches databases and reads what relations there are.</summary>
    /// <param name="target">Where the project runs.</param>
    /// <param name="options">What the caller decides.</param>
    /// <exception cref="QuernException">QN7178: the folder of the file does not exist. QN7179: an extension is not there. QN8103, exit
    /// code 5: another process has the database open. QN9022: a setting is not known.</exception>
    public static Warehouse Open(Target target, WarehouseOptions options)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        var path = Resolve(target.Path, target, options);
        var config = Split(target.ConfigOptions);
        var settings = Split(target.Settings);
        var database = Open(path, target, new DuckOptions
        {
            Path = path,
            ReadOnly = options.ReadOnly,
            MemoryLimitBytes = Memory(options, config.Concat(settings)),
            Threads = Threads(options, config.Concat(settings), target),
            TempDirectory = options.TempDirectory,
            Settings = Merged(options.EngineSettings, config),
        });
        try
        {
            var statements = settings.Where(s => !IsOurs(s.Key)).Select(s => $"set {Name(s.Key)} = {Sql.Text(s.Value)}").ToList();
            var warehouse = new Warehouse(database, statements, options.Cancellation);
            using var session = Connect(warehouse, target);
            Load(session, target, options);
            foreach (var secret in target.Secrets) Make(session, secret, target);
            foreach (var file in target.Attach) Attach(session, file, target, options);
            if (!NameIs(session, target))
            {
                statements.Add($"use {Sql.Name(target.Database)}");
                session.Execute(statements[^1]);
            }
            warehouse.ReadCatalog(session);
            return warehouse;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    static Dictionary<string, string> Merged(
        IReadOnlyDictionary<string, string> ours, IEnumerable<KeyValuePair<string, string>> config)
    {
        var settings = new Dictionary<string, string>(ours, StringComparer.Ordinal);
        foreach (var (key, value) in config.Where(c => !IsOurs(c.Key))) settings[key] = value;
        return settings;
    }

    static DuckDatabase Open(string? path, Target target, DuckOptions options)
    {
        try
        {
            return DuckDatabase.Open(options);
        }
        catch (QuernException e) when (path is not null && e.Fault.What.Contains("lock", StringComparison.OrdinalIgnoreCase)
            && e.Fault is DuckFault { Kind: DuckErrorKind.IO })
        {
            throw new QuernException(
                new Fault("QN8103", "another process has the database open")
                {
                    Where = path,
                    Value = e.Fault.What,
                    Wanted = $"the database of target \"{target.Name}\" for this run alone",
                    Try = ["close the other process, then run again"],
                    ExitCode = ExitCode.Unreachable,
                },
                e);
        }
        catch (QuernException e) when (e.Fault is DuckFault { Kind: DuckErrorKind.InvalidInput or DuckErrorKind.Settings or DuckErrorKind.InvalidConfiguration })
        {
            throw Misconfigured(e, "config_options", target);
        }
    }

    static QuernException Misconfigured(QuernException cause, string key, Target target) =>
        new(cause.Fault with { Where = $"{key} of target \"{target.Name}\", profile \"{target.ProfileName}\"", ExitCode = ExitCode.Usage }, cause);

    static WarehouseSession Connect(Warehouse warehouse, Target target)
    {
        try
        {
            return warehouse.Connect();
        }
        catch (QuernException e)
        {
            throw Misconfigured(e, "settings", target);
        }
    }

    static string? Resolve(string path, Target target, WarehouseOptions options)
    {
        if (path is ":memory:" or "") return null;
        var full = Path.GetFullPath(Path.Combine(options.WorkingDirectory, path));
        var folder = Path.GetDirectoryName(full)!;
        if (Directory.Exists(folder)) return full;
        // A part of a secret is not found in a text any more.
        var isSecret = options.Secrets.Hide(full) != full;
        throw new QuernException(new Fault("QN7178", "the folder of the database does not exist")
        {
            Where = $"path of target \"{target.Name}\", profile \"{target.ProfileName}\"",
            Value = full,
            Try = [.. isSecret ? Array.Empty<string>() : [$"mkdir -p {folder}"], "run from the folder that the path begins in"],
            ExitCode = ExitCode.Usage,
        });
    }

    static List<KeyValuePair<string, string>> Split(IReadOnlyList<KeyValuePair<string, string>> pairs) =>
        [.. pairs.Select(p => new KeyValuePair<string, string>(p.Key.ToLowerInvariant(), p.Value))];

    static bool IsOurs(string key) => MemoryNames.Contains(key) || ThreadNames.Contains(key) || key == "temp_directory";

    static long Memory(WarehouseOptions options, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var asked = pairs.LastOrDefault(p => MemoryNames.Contains(p.Key));
        if (options.MemoryLimitBytes is { } limit)
        {
            if (asked.Key is not null) Overruled(options, asked, options.MemoryChosenBy);
            return limit;
        }
        if (asked.Key is not null && MemorySize.TryParse(asked.Value, out var size)) return size.Bytes;
        if (asked.Value is [.. var number, '%'] && double.TryParse(number, CultureInfo.InvariantCulture, out var share) && share is > 0 and <= 100)
            return (long)(MachineMemory.Read().AllowedBytes * share / 100);
        if (asked.Key is not null) MemorySize.Parse(asked.Value, asked.Key);
        return MachineMemory.Read().DefaultLimit.Bytes;
    }

    static int Threads(WarehouseOptions options, IEnumerable<KeyValuePair<string, string>> pairs, Target target)
    {
        var asked = pairs.LastOrDefault(p => ThreadNames.Contains(p.Key));
        if (options.EngineThreads is { } threads)
        {
            if (asked.Key is not null) Overruled(options, asked, options.ThreadsChosenBy);
            return threads;
        }
        if (asked.Key is null) return Environment.ProcessorCount;
        if (int.TryParse(asked.Value, CultureInfo.InvariantCulture, out var own) && own > 0) return own;
        throw new QuernException(new Fault("QN7177", "a number of threads is wanted")
        {
            Where = $"{asked.Key} in the settings of target \"{target.Name}\", profile \"{target.ProfileName}\"",
            Wanted = "a whole number from 1",
            Try = ["take it out: the engine uses all processors then"],
            ExitCode = ExitCode.Usage,
        });
    }

    static void Overruled(WarehouseOptions options, KeyValuePair<string, string> asked, string by) =>
        options.Warn("QN7180", $"the setting {asked.Key} = {asked.Value} of the profile is not used: {by} wins");

    static string Name(string setting) => setting.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.') ? setting : Sql.Name(setting);

    static void Load(WarehouseSession session, Target target, WarehouseOptions options)
    {
        if (target.Extensions.Count == 0) return;
        var rows = session.Query("select extension_name, loaded, installed, aliases from duckdb_extensions()").Rows;
        foreach (var name in target.Extensions)
        {
            var known = rows.FirstOrDefault(r => string.Equals(r[0] as string, name, StringComparison.OrdinalIgnoreCase)
                || r[3] is List<object?> aliases && aliases.Contains(name)
                || r[3] is string text && text.Trim('[', ']').Split(", ").Contains(name));
            if (known?[1] is true) continue;
            try
            {
                session.Execute($"load {Name(name)}");
            }
            catch (QuernException e)
            {
                throw new QuernException(
                    new Fault("QN7179", "an extension of the engine is not there, and none is ever downloaded")
                    {
                        Where = $"extensions of target \"{target.Name}\", profile \"{target.ProfileName}\"",
                        Value = name,
                        Try =
                        [
                            "take it out of `extensions` if the project does not need it, or use a target without it",
                            $"install it where there is a network: duckdb -c \"install {name}{From(target, name)}\"; it is found in ~/.duckdb/extensions",
                        ],
                        ExitCode = ExitCode.Usage,
                    },
                    e);
            }
        }
    }

    static string From(Target target, string extension) => target.Repositories.TryGetValue(extension, out var repository)
        ? $" from {(repository.All(char.IsAsciiLetterLower) ? repository : Sql.Text(repository))}"
        : "";

    static void Make(WarehouseSession session, EngineSecret secret, Target target)
    {
        try
        {
            session.Execute(secret.Statement);
        }
        catch (QuernException e)
        {
            // The statement holds what nobody may see; so may the engine's words, which are kept only when they do not.
            var words = e.Fault.What;
            var isOpen = secret.Values.All(v => v.Length == 0 || !words.Contains(v, StringComparison.OrdinalIgnoreCase));
            throw new QuernException(new Fault("QN7199", "a secret of the profile cannot be made")
            {
                Where = $"secrets of target \"{target.Name}\", profile \"{target.ProfileName}\"",
                Value = isOpen ? $"{secret}: {words.Split('\n')[0]}" : secret.ToString(),
                Try = ["name the extension that knows its type under `extensions`: httpfs for s3, gcs and r2", "check its keys"],
                ExitCode = ExitCode.Usage,
            });
        }
    }

    static void Attach(WarehouseSession session, AttachedFile file, Target target, WarehouseOptions options)
    {
        // Of another kind (postgres, sqlite) the path is for its extension to read.
        var path = file.Type is null or "duckdb" && !file.Path.Contains("://", StringComparison.Ordinal) && !file.Path.StartsWith(':')
            ? Resolve(file.Path, target, options) ?? file.Path
            : file.Path;
        var details = new List<string>();
        if (file.Type is not null) details.Add($"type {Name(file.Type)}");
        if (file.ReadOnly || options.ReadOnly) details.Add("read_only");
        foreach (var (name, value) in file.Options ?? [])
            details.Add($"{name} {(name == "secret" ? Name(value) : bool.TryParse(value, out var flag) ? (flag ? "true" : "false") : Sql.Text(value))}");
        var alias = file.Alias is null ? "" : $" as {Sql.Name(file.Alias)}";
        try
        {
            session.Execute($"attach if not exists {Sql.Text(path)}{alias}{(details.Count == 0 ? "" : $" ({string.Join(", ", details)})")}");
        }
        catch (QuernException e) when (MayHoldSecrets(file.Path) || file.Options?.Any(o => TargetReader.IsSecret(o.Key)) == true)
        {
            // The engine repeats the path, in whole or in parts: neither its words nor the cause go on from here.
            throw new QuernException(new Fault(e.Fault.Code, "a database of the profile cannot be attached")
            {
                Where = $"attach of target \"{target.Name}\", profile \"{target.ProfileName}\"",
                Value = file.Alias,
                Try = ["check its path, which is not shown as it may hold a password", "check its type: a server needs one, such as `type: postgres`"],
                ExitCode = ExitCode.Usage,
            });
        }
        catch (QuernException e)
        {
            throw Misconfigured(e, "attach", target);
        }
    }

    /// <summary>Whether a path may be one of a server, with a password: an address, or pairs of keys and values.</summary>
    static bool MayHoldSecrets(string path) => path.Contains("://", StringComparison.Ordinal) || path.AsSpan().ContainsAny('=', '@');

    static bool NameIs(WarehouseSession session, Target target) =>
        session.Query("select current_database()").Rows[0][0] as string == target.Database;
}
