using System.Text.Encodings.Web;

namespace Quern;

/// <summary>Values that are never shown: those of environment variables whose names begin with <see cref="Prefix"/>, and what is made of them.
/// Every outlet asks this first: lines, faults, reports, artifacts, compiled SQL.</summary>
/// <remarks>A value is found wherever it stands in a text, also as SQL, Python or JSON would write it, and each line of a value of several lines.
/// One of fewer than <see cref="ShortBelow"/> characters is hidden where it stands by itself only, not inside of names. Thread-safe.</remarks>
public sealed class Secrets
{
    /// <summary>What the names of secret environment variables begin with; a public convention of dbt.</summary>
    public const string Prefix = "DBT_ENV_SECRET";

    /// <summary>What stands in place of a secret.</summary>
    public const string Shown = "*****";

    /// <summary>Shorter values would be found in every second word.</summary>
    const int ShortBelow = 4;

    readonly Lock _lock = new();
    volatile string[] _forms = [];

    /// <summary>The secrets of an environment.</summary>
    public static Secrets Of(IEnumerable<KeyValuePair<string, string>> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var secrets = new Secrets();
        foreach (var (name, value) in variables)
            if (IsSecret(name)) secrets.Add(value);
        return secrets;
    }

    /// <summary>Whether an environment variable of this name holds a secret.</summary>
    public static bool IsSecret(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(Prefix, StringComparison.Ordinal);
    }

    /// <summary>Whether there is nothing to hide.</summary>
    public bool IsEmpty => _forms.Length == 0;

    /// <summary>The texts that are looked for, the longest first.</summary>
    internal IReadOnlyList<string> Forms => _forms;

    /// <summary>Hides a value from now on; a blank one is none.</summary>
    public void Add(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (string.IsNullOrWhiteSpace(value)) return;
        lock (_lock)
        {
            var forms = new HashSet<string>(_forms, StringComparer.Ordinal);
            foreach (var part in Parts(value)) forms.UnionWith(Written(part));
            _forms = [.. forms.OrderByDescending(f => f.Length).ThenBy(f => f, StringComparer.Ordinal)];
        }
    }

    /// <summary>A text with <see cref="Shown"/> in place of every secret; the text itself when it holds none.</summary>
    public string Hide(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var form in _forms) text = form.Length < ShortBelow ? HideWord(text, form) : text.Replace(form, Shown, StringComparison.Ordinal);
        return text;
    }

    /// <summary>A fault whose parts show no secret.</summary>
    public Fault Hide(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (IsEmpty) return fault;
        return fault with
        {
            What = Hide(fault.What),
            Where = fault.Where is { } place ? Hide(place) : null,
            Value = fault.Value is { } value ? Hide(value) : null,
            Wanted = fault.Wanted is { } wanted ? Hide(wanted) : null,
            Try = [.. fault.Try.Select(Hide)],
        };
    }

    // Messages indent and cut texts at line ends: a line of a key is as secret as the key. Short ones ("---", "}") are not.
    static IEnumerable<string> Parts(string value)
    {
        yield return value;
        yield return value.Trim();
        if (!value.AsSpan().ContainsAny('\n', '\r')) yield break;
        foreach (var line in value.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (line.Length >= ShortBelow) yield return line;
    }

    static IEnumerable<string> Written(string value)
    {
        yield return value;
        yield return value.Replace("'", "''", StringComparison.Ordinal);
        yield return value.Replace("\"", "\"\"", StringComparison.Ordinal);
        yield return value.Replace("\\", "\\\\", StringComparison.Ordinal);
        yield return value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
        yield return JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value);
        yield return JavaScriptEncoder.Default.Encode(value);
        yield return VisibleText.Of(value);
    }

    static string HideWord(string text, string word)
    {
        for (var at = 0; (at = text.IndexOf(word, at, StringComparison.Ordinal)) >= 0;)
        {
            var end = at + word.Length;
            if ((at > 0 && IsWordPart(text[at - 1])) || (end < text.Length && IsWordPart(text[end])))
            {
                at++;
                continue;
            }
            text = string.Concat(text.AsSpan(0, at), Shown, text.AsSpan(end));
            at += Shown.Length;
        }
        return text;
    }

    static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';
}
