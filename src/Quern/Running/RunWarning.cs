namespace Quern.Running;

/// <summary>Something a user should know that did not stop the run.</summary>
/// <param name="Code">Stable code as for a <see cref="Fault"/>.</param>
/// <param name="Message">One sentence without a full stop, the same for each occurrence.</param>
/// <param name="Count">How often it happened.</param>
public sealed record RunWarning(string Code, string Message, long Count);
