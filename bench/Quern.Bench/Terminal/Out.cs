// The one place of this project that writes to the console.
#pragma warning disable RS0030
namespace Quern.Bench.Terminal;

/// <summary>What people and scripts see: results on standard output, progress and errors on standard error.</summary>
public static class Out
{
    /// <summary>A line of results.</summary>
    public static void Line(string text) => Console.Out.WriteLine(text);

    /// <summary>A line of progress, for people.</summary>
    public static void Note(string text) => Console.Error.WriteLine(text);

    /// <summary>A line that says why the command ends.</summary>
    public static void Error(string text) => Console.Error.WriteLine($"error: {text}");
}
