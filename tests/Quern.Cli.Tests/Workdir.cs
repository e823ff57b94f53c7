using System.Diagnostics;
using System.Reflection;

namespace Quern.Cli.Tests;

/// <summary>A fresh directory in which tests start the real command.</summary>
sealed class Workdir : IDisposable
{
    /// <summary>Root of the repository.</summary>
    public static string Root { get; } = typeof(Workdir).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Quern.Root").Value!;

    static readonly Lazy<string> Binary = new(Build);

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quern cli ");

    /// <summary>An environment variable of the tests; null when it is not set.</summary>
    public static string? Variable(string name) => new ProcessStartInfo().Environment.TryGetValue(name, out var value) && value is { Length: > 0 } ? value : null;

    /// <summary>Absolute path of the directory; it has a space in it.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Absolute path of a file in the directory.</summary>
    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    /// <summary>Starts <c>quern</c> here and waits for its end.</summary>
    /// <param name="args">Words of the command line.</param>
    public Ended Quern(params string[] args) => Start(Binary.Value, args);

    /// <summary>Runs a line of bash here, in which <c>$quern</c> is the command.</summary>
    public Ended Bash(string line) => Start("/bin/bash", ["-c", line]);

    public void Dispose() => _folder.Delete(recursive: true);

    // The wrapper builds the command when a source is newer than it, so no test runs an old one.
    static string Build()
    {
        var start = new ProcessStartInfo(System.IO.Path.Combine(Root, "quern"), ["--version"]) { RedirectStandardOutput = true };
        using var wrapper = Process.Start(start)!;
        wrapper.StandardOutput.ReadToEnd();
        wrapper.WaitForExit();
        Assert.Equal(0, wrapper.ExitCode);
        return System.IO.Path.Combine(Root, "artifacts", "run", "current", "Quern.Cli");
    }

    Ended Start(string file, string[] args)
    {
        var start = new ProcessStartInfo(file, args)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["quern"] = Binary.Value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Ended(Folder, string.Join(' ', args), process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
