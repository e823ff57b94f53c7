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
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf('\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (!line.StartsWith(label, StringComparison.Ordinal) || !line.EndsWith(" kB", StringComparison.Ordinal)) continue;
            var number = line[label.Length..^3].Trim();
            return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value * 1024 : null;
        }
        return null;
    }
}
