using System.Globalization;

namespace Quern.Bench.Sqlite;

/// <summary>What a measurement is to reach.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Found">What was found.</param>
/// <param name="Wanted">What is wanted.</param>
/// <param name="IsMost">The most that it may be; else the least.</param>
sealed record SqliteBar(string What, double Found, double Wanted, bool IsMost = false)
{
    /// <summary>It is reached.</summary>
    public bool Holds => IsMost ? Found < Wanted : Found >= Wanted;

    /// <summary>A row of a table in Markdown.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"| {What} | {(IsMost ? "below" : "at least")} {Wanted} | {Found:0.##} | {(Holds ? "pass" : "FAIL")} |");
}
