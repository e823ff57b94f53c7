using System.Collections;
using Quern.Cli.Terminal;

namespace Quern.Cli;

/// <summary>What the process was started with; the one place that reads environment variables.</summary>
/// <param name="Directory">The caller's directory; relative paths mean this.</param>
/// <param name="Variables">Environment variables.</param>
/// <param name="Time">The clock.</param>
/// <param name="Screen">Where to write.</param>
sealed record Surroundings(
    string Directory, IReadOnlyDictionary<string, string> Variables, TimeProvider Time, Screen Screen)
{
    /// <summary>Version of Quern.</summary>
    public static string Version => typeof(Surroundings).Assembly.GetName().Version!.ToString(3);

    /// <summary>What is never shown.</summary>
    public Secrets Secrets { get; } = Screen.Secrets;

    /// <summary>QUERN_DEBUG=1: unexpected failures show where they come from.</summary>
    public bool Debug => Variables.GetValueOrDefault("QUERN_DEBUG") is "1";

    /// <summary>The real ones.</summary>
    public static Surroundings OfProcess()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        return new Surroundings(CurrentDirectory(variables), variables, TimeProvider.System, Screen.OfProcess(variables));
    }

    // Somebody may have removed it; its name then makes for messages that say so.
    static string CurrentDirectory(Dictionary<string, string> variables)
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (IOException)
        {
            return variables.GetValueOrDefault("PWD") is { } name && Path.IsPathFullyQualified(name) ? name : "/";
        }
    }
}
