namespace Quern.Fuzz;

/// <summary>An input that showed something that must not be.</summary>
/// <param name="Target">Where.</param>
/// <param name="Kind">What, in a few words.</param>
/// <param name="Message">What was seen.</param>
/// <param name="Input">The input, made small where that was possible.</param>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Number">The input's number in the run.</param>
/// <param name="Path">Where the input was written.</param>
sealed record Finding(string Target, string Kind, string Message, byte[] Input, int Seed, long Number, string Path)
{
    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Target}, seed {Seed}, input {Number}: {Kind}\n")
        + FormattableString.Invariant($"{Input.Length} bytes in {Path} (Quern.Bench fuzz {Target} --replay {Path})\n{Message}");
}
