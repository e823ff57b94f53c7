namespace Quern.Delivery.Postgres.Address;

/// <summary>What stands for the parts of an address that nobody wrote down.</summary>
/// <param name="Variables">Environment variables: PGHOST and its like, HOME.</param>
/// <param name="UserName">The user of the system, whom the database takes for its own where nobody is named.</param>
public sealed record ConnectionDefaults(IReadOnlyDictionary<string, string> Variables, string UserName)
{
    /// <summary>Is told passwords, so that nothing shows them. Default: a set of its own.</summary>
    public Secrets Secrets { get; init; } = new();

    /// <summary>Of no environment at all.</summary>
    public static ConnectionDefaults None => new(new Dictionary<string, string>(), Environment.UserName);

    internal string? Variable(string name) => Variables.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    internal string? InHome(string file) => Variable("HOME") is { } home ? Path.Combine(home, file) : null;
}
