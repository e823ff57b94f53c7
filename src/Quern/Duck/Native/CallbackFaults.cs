using System.Globalization;

namespace Quern.Duck.Native;

/// <summary>Carries exceptions of our callbacks through DuckDB, which knows texts only: the exception is kept here, its
/// number goes along in the text, and whoever gets the text back finds the exception again.</summary>
static class CallbackFaults
{
    // Old ones are overwritten: an error that DuckDB swallows must not stay forever.
    const int Kept = 256;
    const string Mark = " [callback ";

    static readonly (long Number, Exception? Exception)[] Ring = new (long, Exception?)[Kept];
    static readonly Lock Gate = new();
    static long _last;

    /// <summary>Keeps an exception; returns the text to give to DuckDB.</summary>
    public static string Keep(Exception exception)
    {
        lock (Gate)
        {
            var number = ++_last;
            Ring[number % Kept] = (number, exception);
            return string.Create(CultureInfo.InvariantCulture, $"{exception.Message.Replace('\n', ' ')}{Mark}{number}]");
        }
    }

    /// <summary>The exception that a text of DuckDB stands for; null when it is DuckDB's own.</summary>
    public static Exception? Find(string message)
    {
        var start = message.LastIndexOf(Mark, StringComparison.Ordinal);
        if (start < 0) return null;
        start += Mark.Length;
        var end = message.IndexOf(']', start);
        if (end < 0) return null;
        var digits = message.AsSpan(start, end - start);
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        lock (Gate)
        {
            var (kept, exception) = Ring[number % Kept];
            return kept == number ? exception : null;
        }
    }

    /// <summary>The text of DuckDB without the number.</summary>
    public static string Clean(string message)
    {
        var start = message.LastIndexOf(Mark, StringComparison.Ordinal);
        var end = start < 0 ? -1 : message.IndexOf(']', start);
        return end < 0 ? message : message.Remove(start, end - start + 1);
    }
}
