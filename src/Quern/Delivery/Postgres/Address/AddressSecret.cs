namespace Quern.Delivery.Postgres.Address;

/// <summary>Finds what may be a password in a text that is meant to be an address, however it is spelled, so that no message shows
/// it.</summary>
static class AddressSecret
{
    /// <summary>Parameters with a password, and the commonest of their misspellings.</summary>
    static readonly string[] Keys = ["password=", "sslpassword=", "pasword=", "passwort=", "passwd=", "pass=", "pwd=", "pw="];

    /// <summary>Hides what may be a password in a text, when the text looks like an address.</summary>
    /// <param name="text">An address, an option with one behind its equals sign, or anything else.</param>
    /// <param name="secrets">Is told of it.</param>
    public static void Hide(string text, Secrets secrets)
    {
        foreach (var part in Of(text))
        {
            secrets.Add(part);
            secrets.Add(Uri.UnescapeDataString(part));
        }
    }

    /// <summary>Whether a text that is no address of ours may be one that is misspelled: then nothing of it is to be shown.</summary>
    public static bool IsLikely(string text)
    {
        if (Keys.Any(k => text.Contains(k, StringComparison.OrdinalIgnoreCase))) return true;
        var rest = text.AsSpan();
        if (IsDatabase(rest) && rest.ContainsAny(':', '@')) return true;
        if (rest.StartsWith("./") || (rest.StartsWith("/") && !rest.StartsWith("//"))) return false;
        return rest.IndexOf(':') is >= 0 and var colon && rest[colon..].Contains('@');
    }

    /// <summary>The word in front of <c>://</c>, when there is one and it is no more than a word.</summary>
    public static string? Scheme(string text)
    {
        var end = text.IndexOf("://", StringComparison.Ordinal);
        return end is > 0 and < 20 && text.AsSpan(0, end).IndexOfAnyExceptInRange('a', 'z') < 0 ? text[..(end + 3)] : null;
    }

    static bool IsDatabase(ReadOnlySpan<char> text) =>
        text.StartsWith("postg", StringComparison.OrdinalIgnoreCase) || text.StartsWith("pgsql", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("psql", StringComparison.OrdinalIgnoreCase) || text.StartsWith("jdbc:", StringComparison.OrdinalIgnoreCase);

    static IEnumerable<string> Of(string text)
    {
        var end = text.Length;
        foreach (var key in Keys)
        {
            var at = text.IndexOf(key, StringComparison.OrdinalIgnoreCase);
            if (at < 0) continue;
            // An @ behind it is a part of its value.
            if (at < end) end = at;
            var value = text[(at + key.Length)..];
            yield return value;
            yield return value[..(value.AsSpan().IndexOfAny("& '\"") is >= 0 and var stop ? stop : value.Length)].Trim('\'');
        }
        var begin = text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
        var last = text.AsSpan(0, end).LastIndexOf('@');
        // A query has blanks, and colons of its own; names of models are chosen by colons and @, too.
        var isMeant = IsDatabase(text) || text.Contains("service=", StringComparison.Ordinal);
        if (begin == 0 && !isMeant && (text.AsSpan().ContainsAny(" \t\r\n") || last < 0 || !text.AsSpan(last).Contains('/'))) yield break;
        // Without a scheme, each colon may be the one in front of the password.
        for (var colon = text.IndexOf(':', begin); colon >= 0 && colon < last; colon = begin > 0 ? -1 : text.IndexOf(':', colon + 1))
            yield return text[(colon + 1)..last];
    }
}
