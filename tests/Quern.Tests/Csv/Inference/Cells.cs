using System.Globalization;

namespace Quern.Tests.Csv.Inference;

/// <summary>Random cells of columns: of one kind mostly, with some of others.</summary>
static class Cells
{
    static readonly Func<Random, string>[] Kinds =
    [
        r => r.Next(2) == 0 ? "true" : "False",
        r => Text(r.Next(-100, 100)),
        r => Text(r.Next(int.MinValue, int.MaxValue)),
        r => Text(r.NextInt64(long.MinValue, long.MaxValue)),
        r => ((UInt128)ulong.MaxValue * (uint)r.Next(1, 1000)).ToString(CultureInfo.InvariantCulture),
        r => Text(r.Next(1000)) + "." + Digits(r, r.Next(1, 4)),
        r => Text(r.Next(1000)) + "." + Digits(r, 2),
        r => Text(r.Next(1, 1000)) + "." + Digits(r, 25),
        r => r.NextDouble().ToString("R", CultureInfo.InvariantCulture),
        r => (r.NextDouble() * 1e30).ToString("E5", CultureInfo.InvariantCulture),
        r => r.Next(2) == 0 ? "NaN" : "-inf",
        r => Day(r).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        r => Day(r).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        r => Day(r).ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        r => Day(r).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + ".123456789",
        r => Day(r).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + (r.Next(2) == 0 ? "Z" : "+02:00"),
        r => Day(r).ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        r => Day(r).ToString("dd.MM.yyyy", CultureInfo.InvariantCulture),
        r => Day(r).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture),
        r => Day(r).ToString("MM/dd/yyyy hh:mm tt", CultureInfo.InvariantCulture),
        r => Day(r).ToString("dd-MMM-yyyy", CultureInfo.InvariantCulture),
        r => new Guid(Enumerable.Range(0, 16).Select(_ => (byte)r.Next(256)).ToArray()).ToString(),
        r => "0" + Digits(r, 4),
        r => "+" + Digits(r, 9),
        r => "{\"a\": " + Text(r.Next(9)) + "}",
        r => "word" + Text(r.Next(99)),
        r => "NA",
    ];

    /// <summary>Cells of a column.</summary>
    public static List<string> Column(Random random, int count)
    {
        var kinds = Enumerable.Range(0, random.Next(5) switch { 0 => 3, 1 => 2, _ => 1 }).Select(_ => Kinds[random.Next(Kinds.Length)]).ToList();
        var empties = random.Next(3) == 0 ? 0.2 : 0;
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() < empties ? "" : kinds[Math.Min(kinds.Count - 1, random.Next(10) / 4)](random))];
    }

    static DateTime Day(Random r) => new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(r.Next(20_000)).AddSeconds(r.Next(86_400)).AddMicroseconds(r.Next(1_000_000));

    static string Digits(Random r, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + r.Next(10))));

    static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
