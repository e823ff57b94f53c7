using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Quern.Files;

namespace Quern.Tests.Files;

/// <summary>
/// The process that the kill tests kill: this test program, with itself as the runtime's startup hook, which runs
/// before the tests would begin and never returns. It replaces three outputs again and again, each on a thread: a file,
/// a folder, and a folder as on a file system that cannot exchange.
/// </summary>
static class Rewriter
{
    /// <summary>
    /// How to start the process for the outputs in <paramref name="folder"/>; it prints a line when each was replaced
    /// once.
    /// </summary>
    internal static ProcessStartInfo Start(string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [folder]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(Rewriter).Assembly.Location;
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    [DoesNotReturn]
    internal static void Run(string folder)
    {
        using var first = new CountdownEvent(3);
        var file = new Thread(() => Loop(first, g => WriteFile(Path.Combine(folder, "file"), g)));
        file.Start();
        new Thread(() => Loop(first, g => WriteFolder(Path.Combine(folder, "tree"), g, canExchange: true))).Start();
        new Thread(() => Loop(first, g => WriteFolder(Path.Combine(folder, "pair"), g, canExchange: false))).Start();
        first.Wait();
        using (var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write,
            bufferSize: 0))
        {
            output.Write("ready\n"u8);
        }

        file.Join();
        throw new InvalidOperationException("the loop never ends");
    }

    static void Loop(CountdownEvent first, Action<int> write)
    {
        for (var generation = 1; ; generation++)
        {
            write(generation);
            if (generation == 1) first.Signal();
        }
    }

    static void WriteFile(string path, int generation)
    {
        using var file = AtomicFile.Create(path);
        using (var stream = new FileStream(file.TempPath, FileMode.Create, FileAccess.Write, FileShare.Read,
            bufferSize: 64))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(Content(generation)));
        }
        file.Commit();
    }

    static void WriteFolder(string path, int generation, bool canExchange)
    {
        using var folder = AtomicFolder.Create(path, name: null, canExchange);
        folder.Keep("kept");
        File.WriteAllText(folder.NewFile("one"), Content(generation));
        File.WriteAllText(folder.NewFile("deep/two"), Content(generation));
        if (generation % 2 == 0) File.WriteAllText(folder.NewFile("even"), Content(generation));
        folder.Commit();
    }

    /// <summary>
    /// What generation <paramref name="generation"/> of a file holds: its number, on a number of lines that follows
    /// from it.
    /// </summary>
    internal static string Content(int generation) =>
        string.Concat(Enumerable.Repeat(generation.ToString(CultureInfo.InvariantCulture) + "\n",
            1 + (generation * 37 % 500)));

    /// <summary>The generation a file holds wholly; null when it does not.</summary>
    internal static int? Generation(string content) =>
        int.TryParse(content.AsSpan(0, Math.Max(0, content.IndexOf('\n', StringComparison.Ordinal))),
            CultureInfo.InvariantCulture, out var generation)
        && content == Content(generation) ? generation : null;
}
