using Quern.Cli;
using Quern.Cli.Terminal;

// Answered before anything else is loaded: scripts ask for the version often.
if (args is ["--version"])
{
    Descriptor.Write(Descriptor.Out, System.Text.Encoding.UTF8.GetBytes($"quern {Surroundings.Version}\n"));
    return 0;
}
return (int)CommandLine.Execute(args, Surroundings.OfProcess());
