using System.Diagnostics;

namespace Quern.Fuzz;

/// <summary>Takes away what an input does not need to show what it showed.</summary>
static class Shrink
{
    static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    /// <summary>The input, or a part of it that shows the same.</summary>
    /// <param name="input">What was found.</param>
    /// <param name="shows">Whether a part still shows it.</param>
    public static byte[] Of(byte[] input, Func<byte[], bool> shows)
    {
        var clock = Stopwatch.StartNew();
        for (var length = Math.Max(1, input.Length / 2); length > 0 && clock.Elapsed < Most;)
        {
            var before = input.Length;
            for (var at = 0; at < input.Length && clock.Elapsed < Most;)
            {
                byte[] part = [.. input[..at], .. input[Math.Min(input.Length, at + length)..]];
                if (shows(part)) input = part;
                else at += length;
            }
            if (length > 1 || input.Length == before) length /= 2;
        }
        return input;
    }
}
