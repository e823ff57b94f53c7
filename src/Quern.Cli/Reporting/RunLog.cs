using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Quern.Cli.Terminal;

namespace Quern.Cli.Reporting;

/// <summary>What a verb on a project says while it works: on standard output, as users of dbt know it, and in <c>logs/dbt.log</c>.</summary>
/// <remarks>Lines of several threads do not mix. A reader who goes away ends the lines on standard output, not the work.</remarks>
sealed class RunLog : IDisposable
{
    static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Lock _lock = new();
    readonly Surroundings _surroundings;
    readonly LogFormat _format;
    readonly bool _isQuiet, _isBeside;
    readonly Ink _ink;
    readonly Guid _id;
    readonly LogThresholds _levels;
    StreamWriter? _file;
    bool _isDeserted;

    /// <summary>A log.</summary>
    /// <param name="surroundings">Standard output and the clock.</param>
    /// <param name="format">What goes to standard output.</param>
    /// <param name="quiet">Only errors go there.</param>
    /// <param name="ink">Its colours.</param>
    /// <param name="id">Name of the run.</param>
    /// <param name="beside">Lines go to standard error, as standard output has data. Default: false.</param>
    /// <param name="levels">What goes where; null for the usual.</param>
    public RunLog(
        Surroundings surroundings, LogFormat format, bool quiet, Ink ink, Guid id, bool beside = false, LogThresholds? levels = null) =>
        (_surroundings, _format, _isQuiet, _ink, _id, _isBeside, _levels) = (surroundings, format, quiet, ink, id, beside, levels ?? new());

    /// <summary>Writes every line to a file as well, behind what is there.</summary>
    /// <param name="path">Absolute path; its folder is made.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public void KeepIn(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        lock (_lock)
        {
            _file = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
            _file.Write(string.Create(CultureInfo.InvariantCulture, $"\n\n============================== {Now:HH:mm:ss.ffffff} | {_id} ==============================\n"));
        }
    }

    /// <summary>Says a line.</summary>
    /// <param name="text">The line; further lines of it get no stamp.</param>
    /// <param name="level">How much it matters.</param>
    /// <param name="name">What programs call it.</param>
    public void Say(string text, LogLevel level = LogLevel.Info, string name = "Note") => Say(_ => text, level, name);

    /// <summary>Says a line with colours in it.</summary>
    public void Say(Func<Ink, string> text, LogLevel level = LogLevel.Info, string name = "Note")
    {
        var now = Now;
        lock (_lock)
        {
            var plain = Hide(text(default));
            Keep(plain, level, now, name);
            if (level < _levels.Screen || _format == LogFormat.None || (_isQuiet && level < LogLevel.Error)) return;
            var line = _format == LogFormat.Json ? Json(plain, level, name, now) : string.Create(CultureInfo.InvariantCulture, $"{now:HH:mm:ss}  {Hide(text(_ink))}\n");
            if (_isBeside) _surroundings.Screen.SayDrawn(line);
            else Show(line);
        }
    }

    /// <summary>Keeps a fault that ends the run, which is told on standard error; programs that read lines get it as one.</summary>
    public void Fail(string text)
    {
        text = Hide(text);
        var now = Now;
        lock (_lock)
        {
            Keep(text, LogLevel.Error, now, "MainEncounteredError");
            if (_format == LogFormat.Json) Show(Json(text, LogLevel.Error, "MainEncounteredError", now));
        }
    }

    /// <summary>Says an empty line.</summary>
    public void Gap()
    {
        lock (_lock)
        {
            if (_format == LogFormat.Text && !_isQuiet && !_isBeside && _levels.Screen <= LogLevel.Info) Show(string.Create(CultureInfo.InvariantCulture, $"{Now:HH:mm:ss}  \n"));
        }
    }

    /// <summary>Writes data that the user asked for: on standard output as it is, also when the verb is quiet.</summary>
    public void Answer(string text, string name)
    {
        text = Hide(text);
        var now = Now;
        lock (_lock)
        {
            Keep(text, LogLevel.Info, now, name);
            if (_format != LogFormat.None) Show(_format == LogFormat.Json ? Json(text, LogLevel.Info, name, now) : text + "\n");
        }
    }

    /// <summary>Says what the user asked to see among other lines; when the verb is quiet, without a stamp.</summary>
    public void Result(string text, string name)
    {
        if (_isQuiet) Answer(text, name);
        else Say(text, name: name);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    string Hide(string text) => _surroundings.Secrets.Hide(text);

    DateTimeOffset Now => _surroundings.Time.GetUtcNow();

    void Keep(string text, LogLevel level, DateTimeOffset now, string name)
    {
        if (level < _levels.File) return;
        try
        {
            if (_levels.FileFormat == LogFormat.Json) _file?.Write(Json(text, level, name, now));
            else _file?.Write(string.Create(CultureInfo.InvariantCulture, $"{now:HH:mm:ss.ffffff} [{Name(level),-5}] [{Thread}]: {text}\n"));
        }
        catch (IOException)
        {
            // A full disk: the work is worth finishing, and what it says is on the screen.
            _file = null;
        }
    }

    void Show(string text)
    {
        if (_isDeserted) return;
        try
        {
            _surroundings.Screen.Data.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (BrokenPipeException)
        {
            _isDeserted = true;
        }
    }

    // The form of a line that readers of dbt's JSON log take: info about it, and its data.
    string Json(string text, LogLevel level, string name, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteStartObject("data"u8);
            json.WriteString("msg"u8, text);
            json.WriteEndObject();
            json.WriteStartObject("info"u8);
            json.WriteString("category"u8, "");
            json.WriteString("code"u8, "");
            json.WriteStartObject("extra"u8);
            json.WriteEndObject();
            json.WriteString("invocation_id"u8, _id.ToString());
            json.WriteString("level"u8, Name(level));
            json.WriteString("msg"u8, text);
            json.WriteString("name"u8, name);
            json.WriteNumber("pid"u8, Environment.ProcessId);
            json.WriteString("thread"u8, Thread);
            json.WriteString("ts"u8, now.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    static string Name(LogLevel level) => level.ToString().ToLowerInvariant();

    static string Thread => System.Threading.Thread.CurrentThread.Name is { Length: > 0 } name ? name : "MainThread";
}
