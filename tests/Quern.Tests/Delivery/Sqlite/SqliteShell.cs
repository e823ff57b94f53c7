using System.Diagnostics;

namespace Quern.Tests.Delivery.Sqlite;

/// <summary>Debian's <c>sqlite3</c>: another program that reads what was written.</summary>
static class SqliteShell
{
    /// <summary>The lines that statements print for a database, columns with <c>|</c> between.</summary>
    public static IReadOnlyList<string> Run(string path, string sql)
    {
        var start = new ProcessStartInfo("sqlite3", ["-batch", "-bail", path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var shell = Process.Start(start)!;
        var error = shell.StandardError.ReadToEndAsync();
        var output = shell.StandardOutput.ReadToEndAsync();
        shell.StandardInput.Write(sql);
        shell.StandardInput.Close();
        shell.WaitForExit();
        Assert.True(shell.ExitCode == 0, $"sqlite3: {error.Result}");
        return output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Fails when SQLite finds anything wrong with a file.</summary>
    public static void AssertSound(string path) => Assert.Equal(["ok"], Run(path, "pragma integrity_check"));
}
