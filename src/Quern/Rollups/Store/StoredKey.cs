using Quern.Folding.Results;

namespace Quern.Rollups.Store;

/// <summary>A key of the grains of a store.</summary>
/// <param name="name">The column, as the fold names it.</param>
/// <param name="domain">Gives what its codes stand for.</param>
/// <param name="count">How many codes have a value.</param>
sealed class StoredKey(string name, uint count, Func<KeyDomain> domain)
{
    readonly Lazy<KeyDomain> _domain = new(domain);

    /// <summary>The column, as the fold names it.</summary>
    public string Name { get; } = name;

    /// <summary>How many codes have a value; the next one is NULL.</summary>
    public uint Count { get; } = count;

    /// <summary>What the codes stand for, the same in all grains; read and checked when it is first asked for.</summary>
    /// <exception cref="QuernException">QN7504 to QN7506: its file is missing or damaged.</exception>
    public KeyDomain Domain => _domain.Value;
}
