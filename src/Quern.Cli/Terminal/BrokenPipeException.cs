namespace Quern.Cli.Terminal;

/// <summary>Whoever read our standard output has enough; the verb ends quietly and successfully.</summary>
sealed class BrokenPipeException() : IOException("nobody reads standard output any more");
