namespace Quern.Fuzz;

/// <summary>What an input did, as a set of features. An input with a feature that none had before is worth keeping.</summary>
sealed class Behaviour
{
    const ulong Basis = 14695981039346656037;
    const ulong Prime = 1099511628211;

    readonly HashSet<ulong> _features = [];

    /// <summary>The features so far.</summary>
    public IReadOnlyCollection<ulong> Features => _features;

    /// <summary>Forgets all.</summary>
    public void Clear() => _features.Clear();

    /// <summary>Adds a feature of a kind, with up to three numbers.</summary>
    public void Add(string kind, long first = 0, long second = 0, long third = 0)
    {
        var hash = Hash(kind);
        foreach (var number in (ReadOnlySpan<long>)[first, second, third]) hash = (hash ^ (ulong)number) * Prime;
        _features.Add(hash);
    }

    /// <summary>Adds a feature of a kind, with texts.</summary>
    public void Add(string kind, string first, string second = "") => Add(kind, (long)Hash(first), (long)Hash(second));

    /// <summary>Adds the end with a fault: its code and sentence, whatever values are in it.</summary>
    public void Add(Fault fault) => Add(fault.Code, Sentence(fault.What));

    /// <summary>The size of a number in powers of two, for features that grow.</summary>
    public static int Bucket(long number) => 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)Math.Max(0, number));

    /// <summary>A sentence without what is in quotes and numbers.</summary>
    public static string Sentence(string text)
    {
        var kept = new System.Text.StringBuilder();
        var quote = '\0';
        foreach (var c in text)
        {
            if (quote != 0) quote = c == quote ? '\0' : quote;
            else if (c is '\'' or '"' or '`') quote = c;
            else if (!char.IsDigit(c)) kept.Append(c);
            if (kept.Length > 80) break;
        }
        return kept.ToString();
    }

    static ulong Hash(string text)
    {
        var hash = Basis;
        foreach (var c in text) hash = (hash ^ c) * Prime;
        return hash;
    }
}
