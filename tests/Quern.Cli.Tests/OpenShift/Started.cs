using System.Diagnostics;
using System.Globalization;

namespace Quern.Cli.Tests.OpenShift;

/// <summary>A command that is running.</summary>
sealed class Started : IDisposable
{
    readonly Process _process;
    readonly Task<string> _output, _error;

    /// <summary>Starts the command.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="words">Words of the command line.</param>
    public Started(string folder, params string[] words)
    {
        var start = new ProcessStartInfo(Desk.Command, words)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>True once the command has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>
    /// Waits until the command has begun its work, or has ended: until the folder of its temporary files is there. (A
    /// signal that comes earlier, before the command listens to it, ends it at once.)
    /// </summary>
    /// <param name="temp">Where temporary files go.</param>
    public void AwaitWork(string temp)
    {
        while (!HasEnded && !Directory.EnumerateDirectories(temp).Any()) Thread.Yield();
    }

    /// <summary>kill -9.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Ctrl-C.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    public (int Code, string Output, string Error) Await()
    {
        _process.WaitForExit();
        return (_process.ExitCode, _output.GetAwaiter().GetResult(), _error.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (!HasEnded) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
