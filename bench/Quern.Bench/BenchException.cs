namespace Quern.Bench;

/// <summary>A wish that cannot be met (bad option, too little disk, a check that failed); the message is all there is to know.</summary>
/// <param name="message">One or more lines for the person at the terminal.</param>
public sealed class BenchException(string message) : Exception(message);
