namespace Quern.Models.Materializations;

/// <summary>What became of a node in the database.</summary>
/// <param name="Message">As artifacts give it: <c>OK</c>, <c>INSERT 10</c>.</param>
/// <param name="Rows">Rows it made; null when not known.</param>
/// <param name="Code">The word before the number in <paramref name="Message"/>; null without one.</param>
sealed record Landed(string Message, long? Rows = null, string? Code = null)
{
    /// <summary>Done, with nothing to say.</summary>
    public const string Ok = "OK";
}
