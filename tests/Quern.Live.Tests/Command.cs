using System.Diagnostics;
using System.Reflection;

namespace Quern.Live.Tests;

/// <summary>The command, as a process of its own.</summary>
sealed class Command : IDisposable
{
    readonly Process _process;
    readonly Task<string> _output;
    readonly Task<string> _error;

    Command(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Root of the repository.</summary>
    public static string Root { get; } = typeof(Command).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Quern.Root").Value!;

    /// <summary>Starts it.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="variables">Environment variables that it has beside those of the tests.</param>
    /// <param name="words">The command line.</param>
    public static Command Start(string folder, Dictionary<string, string> variables, params string[] words)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Quern.Cli"), words)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return new Command(Process.Start(start)!);
    }

    /// <summary>Runs it to its end, with standard input.</summary>
    public static (int Code, string Output, string Error) Run(string folder, Dictionary<string, string> variables, string input, params string[] words)
    {
        using var command = Start(folder, variables, words);
        command._process.StandardInput.Write(input);
        return command.End();
    }

    /// <summary>Ends it as nothing can be handled.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Waits for its end.</summary>
    public (int Code, string Output, string Error) End()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        return (_process.ExitCode, _output.GetAwaiter().GetResult(), _error.GetAwaiter().GetResult());
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
