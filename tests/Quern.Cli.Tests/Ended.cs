using System.Text.Json;

namespace Quern.Cli.Tests;

/// <summary>A process that has ended.</summary>
sealed record Ended(string Folder, string Command, int Code, string Output, string Error)
{
    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
    }

    /// <summary>Fails, with everything there is to see, unless the process ended like this.</summary>
    /// <param name="code">Exit code.</param>
    /// <param name="output">Whole standard output.</param>
    /// <param name="error">Whole standard error.</param>
    public void Is(ExitCode code, string output = "", string error = "")
    {
        if (Code == (int)code && Output == output && Error == error) return;
        Assert.Fail(
            $"in       {Folder}\ncommand  {Command}\nexit     {Code}, expected {(int)code}\n" +
            $"--- stdout\n{Output}--- expected\n{output}--- stderr\n{Error}--- expected\n{error}");
    }
}
