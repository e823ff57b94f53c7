using System.Globalization;
using Quern.Delivery;

namespace Quern.Loading;

/// <summary>What the words of a load mean: as options of the command line, and as keys of a file.</summary>
/// <remarks>Faults name the option; who reads a file names the key of it instead.</remarks>
public static class LoadWords
{
    const int MostSeconds = 86_400;

    static readonly Dictionary<string, LoadMode?> KnownModes = new()
    {
        ["create"] = LoadMode.Create,
        ["append"] = LoadMode.Append,
        ["replace"] = LoadMode.Replace,
        ["merge"] = LoadMode.Merge,
    };

    static readonly Dictionary<string, LoadMethod> KnownMethods = new()
    {
        ["auto"] = LoadMethod.Auto,
        ["copy"] = LoadMethod.Copy,
        ["async"] = LoadMethod.Async,
        ["optimized"] = LoadMethod.Optimized,
        ["standard"] = LoadMethod.Standard,
        ["s3"] = LoadMethod.S3,
        ["single_file"] = LoadMethod.SingleFile,
        ["partitioned"] = LoadMethod.Partitioned,
    };

    static readonly Dictionary<string, bool> OnNul = new() { ["reject"] = false, ["strip"] = true };
    static readonly Dictionary<string, bool> OnNanos = new() { ["reject"] = false, ["truncate"] = true };
    static readonly Dictionary<string, bool> Contracts = new() { ["freeze"] = false, ["evolve"] = true };
    static readonly Dictionary<string, bool> Decimals = new() { ["text"] = false, ["real"] = true };

    /// <summary>The words of each choice, by its name in files.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> Choices { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["mode"] = [.. KnownModes.Keys],
        ["method"] = [.. KnownMethods.Keys],
        ["on_nul"] = [.. OnNul.Keys],
        ["on_nanos"] = [.. OnNanos.Keys],
        ["schema_contract"] = [.. Contracts.Keys],
        ["decimal"] = [.. Decimals.Keys],
    };

    /// <summary>A mode; null for null.</summary>
    /// <exception cref="QuernException">QN1005: there is no such mode.</exception>
    public static LoadMode? Mode(string? word) => Of("--mode", word, KnownModes, null);

    /// <summary>A method; <see cref="LoadMethod.Auto"/> for null.</summary>
    /// <exception cref="QuernException">QN1005: there is no such method.</exception>
    public static LoadMethod Method(string? word) => Of("--method", word, KnownMethods, LoadMethod.Auto);

    /// <summary>Whether NUL characters are left out: <c>reject</c>, which null means, or <c>strip</c>.</summary>
    /// <exception cref="QuernException">QN1005: another word.</exception>
    public static bool StripsNul(string? word) => Of("--on-nul", word, OnNul, false);

    /// <summary>Whether what is finer than a microsecond is cut: <c>reject</c>, which null means, or <c>truncate</c>.</summary>
    /// <exception cref="QuernException">QN1005: another word.</exception>
    public static bool CutsNanos(string? word) => Of("--on-nanos", word, OnNanos, false);

    /// <summary>Whether columns are added to a table: <c>freeze</c>, which null means, or <c>evolve</c>.</summary>
    /// <exception cref="QuernException">QN1005: another word.</exception>
    public static bool Evolves(string? word) => Of("--schema-contract", word, Contracts, false);

    /// <summary>Whether decimals become doubles in SQLite: <c>text</c>, which null means, or <c>real</c>.</summary>
    /// <exception cref="QuernException">QN1005: another word.</exception>
    public static bool DecimalsAreReal(string? word) => Of("--decimal", word, Decimals, false);

    /// <summary>Time in which what failed for a passing reason is tried again, given in seconds. Default: two minutes.</summary>
    /// <exception cref="QuernException">QN1005: more than a day, or less than nothing.</exception>
    public static TimeSpan RetryBudget(long? seconds) => Seconds("--retry-for", seconds, 120);

    /// <summary>Time that is waited for a lock, given in seconds. Default: 30 seconds.</summary>
    /// <exception cref="QuernException">QN1005: more than a day, or less than nothing.</exception>
    public static TimeSpan LockTimeout(long? seconds) => Seconds("--lock-timeout", seconds, 30);

    /// <summary>The names of a text with commas between; none for null.</summary>
    public static IReadOnlyList<string> List(string? text) =>
        text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    static T Of<T>(string option, string? word, Dictionary<string, T> values, T usual)
    {
        if (word is null) return usual;
        if (values.TryGetValue(word, out var value)) return value;
        throw Wrong(option, $"\"{word}\"", string.Join(", ", values.Keys),
            NearestName.Of(word, values.Keys) is { } near ? [$"{option} {near}"] : []);
    }

    static TimeSpan Seconds(string option, long? given, int usual)
    {
        var seconds = given ?? usual;
        if (seconds is >= 0 and <= MostSeconds) return TimeSpan.FromSeconds(seconds);
        throw Wrong(option, seconds.ToString(CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"0 to {MostSeconds} seconds"), []);
    }

    static QuernException Wrong(string option, string value, string wanted, IReadOnlyList<string> ways) =>
        new(new Fault("QN1005", "not a value of this option")
        {
            Where = option,
            Value = value,
            Wanted = wanted,
            Try = ways,
            ExitCode = ExitCode.Usage,
        });
}
