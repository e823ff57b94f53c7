using System.Diagnostics;
using System.Reflection;

namespace Quern.Cli.Tests;

/// <summary>A fresh directory in which tests start the real command.</summary>
sealed class Workdir : IDisposable
{
    /// <summary>Root of the repository.</summary>
    public static string Root { get; } = typeof(Workdir).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Quern.Root").Value!;

    /// <summary>The command as <c>./quern</c> built it last.</summary>
    static readonly string Binary = System.IO.Path.Combine(Root, "artifacts", "run", "current", "Quern.Cli");

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quern cli ");

    /// <summary>Absolute path of the directory; it has a space in it.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Absolute path of a file in the directory.</summary>
    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    /// <summary>Starts <c>quern</c> here and waits for its end.</summary>
    /// <param name="args">Words of the command line.</param>
    public Ended Quern(params string[] args) => Start(Binary, args);

    /// <summary>Runs a line of bash here, in which <c>$quern</c> is the command.</summary>
    public Ended Bash(string line) => Start("/bin/bash", ["-c", line]);

    public void Dispose() => _folder.Delete(recursive: true);

    Ended Start(string file, string[] args)
    {
        if (!File.Exists(Binary)) throw new FileNotFoundException("./quern --version builds the command that these tests run", Binary);
        var start = new ProcessStartInfo(file, args)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["quern"] = Binary;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Ended(Folder, string.Join(' ', args), process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
