using System.Text.RegularExpressions;
using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Projects.Settings;

namespace Quern.Projects;

/// <summary>A secret of the engine that a profile defines: what <c>create secret</c> makes, for this run only. It is never printed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type: <c>s3</c>, <c>postgres</c>.</param>
/// <param name="Statement">The statement that makes it.</param>
/// <param name="Values">The texts in it that nobody may see.</param>
public sealed partial record EngineSecret(string Name, string Type, string Statement, IReadOnlyList<string> Values)
{
    static readonly string[] Words = ["type", "name", "secret_provider", "provider", "scope", "persistent", "storage"];

    /// <summary>Reads the secrets of an output.</summary>
    /// <param name="value">Value of <c>secrets</c>: a list of mappings; null for none.</param>
    /// <param name="shown">How errors call the key.</param>
    /// <exception cref="QuernException">QN7177: an entry is none.</exception>
    internal static List<EngineSecret> Read(object? value, string shown)
    {
        if (value is null) return [];
        if (value is not List<object?> list) throw Wrong(shown);
        return [.. list.Select((entry, i) => entry is Dict secret ? Make(secret, i, shown) : throw Wrong(shown))];
    }

    /// <inheritdoc/>
    public override string ToString() => $"secret {Name} of type {Type}";

    static EngineSecret Make(Dict secret, int index, string shown)
    {
        if (Texts.Of(secret["type"]) is not { Length: > 0 } type || !Word().IsMatch(type)) throw Wrong(shown);
        var name = Texts.Of(secret["name"]) ?? FormattableString.Invariant($"_dbt_secret_{index + 1}");
        var parts = new List<string> { $"type {type}" };
        if (Texts.Of(secret["secret_provider"] ?? secret["provider"]) is { Length: > 0 } provider) parts.Add($"provider {Sql.Text(provider)}");
        foreach (var scope in Texts.Many(secret["scope"])) parts.Add($"scope {Sql.Text(scope)}");
        var hidden = new List<string>();
        foreach (var (name2, item) in secret)
        {
            var key = Texts.Of(name2) ?? "";
            if (Words.Contains(key) || item is null) continue;
            if (!Word().IsMatch(key)) throw Wrong(shown);
            if (item is Dict map)
            {
                parts.Add($"{key} map {{{string.Join(", ", map.Select(p => $"{Sql.Text(Texts.Of(p.Key))}: {Sql.Text(Texts.Of(p.Value))}"))}}}");
                hidden.AddRange(map.Values.Select(Texts.Of).OfType<string>());
                continue;
            }
            var text = item is List<object?> ? string.Join(';', Texts.Many(item)) : Texts.Of(item) ?? throw Wrong(shown);
            parts.Add($"{key} {Sql.Text(text)}");
            hidden.Add(text);
        }
        return new EngineSecret(name, type, $"create or replace temporary secret {Sql.Name(name)} ({string.Join(", ", parts)})", hidden);
    }

    static QuernException Wrong(string shown) => new(new Fault("QN7177", "a list of secrets is wanted")
    {
        Where = shown,
        Wanted = "- {type: s3, key_id: ..., secret: ..., region: ...}",
        ExitCode = ExitCode.Usage,
    });

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Word();
}
