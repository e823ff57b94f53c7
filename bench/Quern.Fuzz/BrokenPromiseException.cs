namespace Quern.Fuzz;

/// <summary>An input showed something that must not be.</summary>
/// <param name="kind">What kind of thing, to tell findings apart.</param>
/// <param name="message">What was seen.</param>
sealed class BrokenPromiseException(string kind, string message) : Exception(message)
{
    /// <summary>What kind of thing, to tell findings apart.</summary>
    public string Kind { get; } = kind;
}
