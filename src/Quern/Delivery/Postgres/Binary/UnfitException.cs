namespace Quern.Delivery.Postgres.Binary;

/// <summary>A value that the server could not take as what its column is; found before it is sent.</summary>
/// <param name="code">Code of the fault.</param>
/// <param name="what">What is wrong, without the value.</param>
sealed class UnfitException(string code, string what) : Exception(what)
{
    /// <summary>Code of the fault.</summary>
    public string Code => code;

    /// <summary>What the column takes; null when the sentence says it.</summary>
    public string? Wanted { get; init; }

    /// <summary>What to try.</summary>
    public IReadOnlyList<string> Try { get; init; } = [];
}
