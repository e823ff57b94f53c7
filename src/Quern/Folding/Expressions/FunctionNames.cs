namespace Quern.Folding.Expressions;

/// <summary>What functions are called in expressions.</summary>
static class FunctionNames
{
    /// <summary>Functions with the fewest and the most arguments they take.</summary>
    public static IReadOnlyDictionary<string, (ScalarFunction Function, int Fewest, int Most)> Functions { get; } =
        new Dictionary<string, (ScalarFunction, int, int)>(StringComparer.OrdinalIgnoreCase)
        {
            ["lower"] = (ScalarFunction.Lower, 1, 1),
            ["upper"] = (ScalarFunction.Upper, 1, 1),
            ["coalesce"] = (ScalarFunction.Coalesce, 1, int.MaxValue),
            ["ifnull"] = (ScalarFunction.Coalesce, 2, 2),
            ["nullif"] = (ScalarFunction.NullIf, 2, 2),
            ["abs"] = (ScalarFunction.Absolute, 1, 1),
            ["floor"] = (ScalarFunction.Floor, 1, 1),
            ["length"] = (ScalarFunction.Length, 1, 1),
        };

    /// <summary>Buckets of time by their names.</summary>
    public static IReadOnlyDictionary<string, TimeBucket> Buckets { get; } =
        Enum.GetValues<TimeBucket>().ToDictionary(b => b.ToString(), b => b, StringComparer.OrdinalIgnoreCase);

    /// <summary>All names, for messages.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Enum.GetValues<TimeBucket>().Select(b => b.ToString().ToLowerInvariant()), .. Functions.Keys];
}
