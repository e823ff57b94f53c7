using Quern.Cli;
using Quern.Cli.Terminal;

// Answered before anything else is loaded: scripts ask for the version often.
if (args is ["--version"] && Descriptor.TryWrite(Descriptor.Out, $"quern {Surroundings.Version}\n")) return 0;
return (int)CommandLine.Execute(args, Surroundings.OfProcess());
