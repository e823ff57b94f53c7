namespace Quern.Bench;

/// <summary>Bytes for people.</summary>
static class Size
{
    /// <summary>In MB below ten GB, in GB above; decimal units.</summary>
    public static string Of(long bytes) => bytes < 10_000_000_000
        ? $"{bytes / 1e6:N1} MB"
        : $"{bytes / 1e9:N1} GB";
}
