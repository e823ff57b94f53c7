using System.Globalization;

namespace Quern.Budget;

/// <summary>An amount of memory in bytes, as people write and read it.</summary>
/// <remarks>
/// kB, MB, GB and TB are powers of 1000, KiB, MiB, GiB and TiB powers of 1024 (IEC 80000-13). A number without a
/// unit is bytes. Units are read in either case, with or without the B, with or without spaces before them:
/// <c>1GB</c>, <c>1.5 GiB</c>, <c>512m</c>, <c>65536</c>.
/// </remarks>
/// <param name="Bytes">Zero or more.</param>
public readonly record struct MemorySize(long Bytes)
{
    static readonly string[] Decimal = ["bytes", "kB", "MB", "GB", "TB"];

    /// <summary>Reads an amount of memory.</summary>
    /// <param name="text">A number with or without a unit.</param>
    /// <param name="where">Who gave it, for the error: an option or a place in a file.</param>
    /// <exception cref="QuernException">QN1010 when the text is not an amount of memory.</exception>
    public static MemorySize Parse(string text, string where) =>
        TryParse(text, out var size) ? size : throw new QuernException(new Fault("QN1010", "not an amount of memory")
        {
            Where = where,
            Value = $"\"{text}\"",
            Wanted = "a number of bytes, or a number with kB, MB, GB, TB, KiB, MiB, GiB or TiB",
            Try = ["512MB     512,000,000 bytes", "1.5GiB    1,610,612,736 bytes"],
            ExitCode = ExitCode.Usage,
        });

    /// <summary>Reads an amount of memory; false when the text is not one, is negative or exceeds 2^63 - 1 bytes.</summary>
    public static bool TryParse(string text, out MemorySize size)
    {
        size = default;
        var all = text.AsSpan().Trim();
        var digits = all.IndexOfAnyExceptInRange('.', '9');
        var number = digits < 0 ? all : all[..digits];
        var unit = digits < 0 ? [] : all[digits..].TrimStart();
        if (Factor(unit) is not { } factor) return false;
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return false;
        if (value > long.MaxValue / factor) return false;
        size = new MemorySize((long)(value * factor));
        return true;
    }

    /// <summary>At most three significant digits and a decimal unit: <c>402 MB</c>, <c>1.61 GB</c>, <c>0 bytes</c>.</summary>
    public override string ToString()
    {
        var value = (double)Bytes;
        var unit = 0;
        // 999.5 and more would print as "1000".
        for (; value >= 999.5 && unit < Decimal.Length - 1; unit++) value /= 1000;
        var format = value < 9.995 ? "0.##" : value < 99.95 ? "0.#" : "0";
        return value.ToString(unit == 0 ? "0" : format, CultureInfo.InvariantCulture) + " " + Decimal[unit];
    }

    static decimal? Factor(ReadOnlySpan<char> unit)
    {
        if (unit.IsEmpty || unit.Equals("B", StringComparison.OrdinalIgnoreCase)) return 1;
        var power = "kmgt".IndexOf(char.ToLowerInvariant(unit[0])) + 1;
        if (power == 0) return null;
        var rest = unit[1..];
        var binary = rest.Equals("iB", StringComparison.OrdinalIgnoreCase) || rest.Equals("i", StringComparison.OrdinalIgnoreCase);
        if (!binary && !rest.IsEmpty && !rest.Equals("B", StringComparison.OrdinalIgnoreCase)) return null;
        decimal factor = 1;
        for (; power > 0; power--) factor *= binary ? 1024 : 1000;
        return factor;
    }
}
