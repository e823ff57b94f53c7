using System.Globalization;

namespace Quern.Budget;

/// <summary>Lines like <c>MemTotal:  24684096 kB</c> of /proc/meminfo and /proc/self/status.</summary>
static class ProcFile
{
    /// <summary>The value of a line in bytes; null when the text has no such line.</summary>
    /// <param name="text">Text of the file, null when there is none.</param>
    /// <param name="label">Start of the line, colon included.</param>
    public static long? KiloBytes(string? text, string label)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith(label, StringComparison.Ordinal) || !line.EndsWith(" kB", StringComparison.Ordinal)) continue;
            var number = line[label.Length..^3].Trim();
            return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value * 1024 : null;
        }
        return null;
    }
}
