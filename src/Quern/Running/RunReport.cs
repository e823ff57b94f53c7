using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Quern.Files;

namespace Quern.Running;

/// <summary>What a run did, in numbers. The fields of its JSON form are public API: docs/report.md.</summary>
/// <param name="Name">What was run, as the user called it; not part of the JSON form.</param>
public sealed record RunReport(string Name)
{
    /// <summary>A report of work that could not even begin.</summary>
    /// <param name="name">What was to be run.</param>
    /// <param name="cause">Why it was not.</param>
    public static RunReport OfFailure(string name, Exception cause) => new(name)
    {
        Error = Ending.Of(cause, CancellationToken.None),
        Cause = cause,
        Versions = OwnVersions,
    };

    /// <summary>Versions of Quern and of the runtime.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> OwnVersions =>
    [
        new("quern", typeof(RunReport).Assembly.GetName().Version!.ToString(3)),
        new("dotnet", Environment.Version.ToString()),
    ];

    /// <summary>Why the run failed; null when it did not.</summary>
    public Fault? Error { get; init; }

    /// <summary>What was thrown, for debugging; not part of the JSON form.</summary>
    public Exception? Cause { get; init; }

    /// <summary>Rows in the sources: kept + filtered + rejected unless the run failed.</summary>
    public long Read { get; init; }

    /// <summary>Rows that took part in the result.</summary>
    public long Kept { get; init; }

    /// <summary>Rows left out because the run says so.</summary>
    public long Filtered { get; init; }

    /// <summary>Rows set aside.</summary>
    public long Rejected { get; init; }

    /// <summary>Rows in the outputs, confirmed.</summary>
    public long Written { get; init; }

    /// <summary>Bytes of the sources that were turned into the outputs; 0 when there is nothing to compare, and then not part of the
    /// JSON form.</summary>
    public long SourceBytes { get; init; }

    /// <summary>Time from start to report.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The most resident memory of the process.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>What it was allowed.</summary>
    public long MemoryLimitBytes { get; init; }

    /// <summary>The steps in the order they began.</summary>
    public IReadOnlyList<StepRecord> Steps { get; init; } = [];

    /// <summary>What now exists.</summary>
    public IReadOnlyList<RunOutput> Outputs { get; init; } = [];

    /// <summary>What the user should know.</summary>
    public IReadOnlyList<RunWarning> Warnings { get; init; } = [];

    /// <summary>Settings in force: <see cref="string"/>, <see cref="long"/> or <see cref="bool"/> values.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Settings { get; init; } = [];

    /// <summary>Versions of Quern, its engine and its runtime.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Versions { get; init; } = [];

    /// <summary>The same report without secrets.</summary>
    public RunReport Without(Secrets secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        if (secrets.IsEmpty) return this;
        return this with
        {
            Error = Error is null ? null : secrets.Hide(Error),
            Steps = [.. Steps.Select(s => s with { Name = secrets.Hide(s.Name) })],
            Outputs = [.. Outputs.Select(o => o with { Path = secrets.Hide(o.Path) })],
            Warnings = [.. Warnings.Select(w => w with { Message = secrets.Hide(w.Message) })],
            Settings = [.. Settings.Select(s => s.Value is string text ? new KeyValuePair<string, object>(s.Key, secrets.Hide(text)) : s)],
        };
    }

    /// <summary>How the process ends after this run.</summary>
    public ExitCode ExitCode => Error?.ExitCode ?? (Rejected > 0 ? ExitCode.DoneWithRejects : ExitCode.Done);

    /// <summary>The JSON form, indented, UTF-8, with a line feed at its end.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        // Relaxed: paths and names stay legible; the text is never put into a page unescaped.
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options)) Write(json);
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Writes the JSON form to a file: the old file or the whole new one, never a part. Missing folders are made. A
    /// device or pipe, such as <c>/dev/null</c>, is written to.
    /// </summary>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="QuernException">QN9006 when the file cannot be written; QN9009 when it is a file that is no report, such as an
    /// input or an output of the run.</exception>
    public void Save(string path)
    {
        try
        {
            var stat = FileStat.TryRead(path);
            if (stat is { Kind: FileKind.Other }) File.WriteAllBytes(path, ToJson());
            else if (stat is { Kind: FileKind.Regular, SizeBytes: > 0 } && !IsReport(path)) throw NoReport(path);
            else Replace(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or QuernException { Fault.Code: not "QN9009" })
        {
            throw new QuernException(
                new Fault("QN9006", "the report cannot be written")
                {
                    Where = path,
                    Value = e.Message,
                    Try = ["--report FILE     a file in a folder you may write to"],
                },
                e);
        }
    }

    /// <summary>Whether a file begins as <see cref="ToJson"/> does.</summary>
    static bool IsReport(string path)
    {
        Span<byte> head = stackalloc byte[64];
        using var file = File.OpenRead(path);
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        var text = head.TrimStart(" \r\n\t{"u8);
        return head.StartsWith((byte)'{') && text.StartsWith("\"exit_code\""u8);
    }

    static QuernException NoReport(string path) => new(new Fault("QN9009", "the place of the report holds another file")
    {
        Where = path,
        Wanted = "a new file, or the report of an earlier run, which is replaced",
        Try = ["--report FILE     a file of its own", "remove the file, if nobody needs it"],
        ExitCode = ExitCode.Usage,
    });

    void Replace(string path)
    {
        if (Path.GetDirectoryName(path) is { } folder) Directory.CreateDirectory(folder);
        AtomicFile.Write(path, stream => stream.Write(ToJson()));
    }

    void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("exit_code"u8, (int)ExitCode);
        json.WriteStartObject("rows"u8);
        json.WriteNumber("read"u8, Read);
        json.WriteNumber("kept"u8, Kept);
        json.WriteNumber("filtered"u8, Filtered);
        json.WriteNumber("rejected"u8, Rejected);
        json.WriteNumber("written"u8, Written);
        json.WriteEndObject();
        if (SourceBytes > 0) WriteSizes(json);
        WriteSeconds(json, "seconds"u8, Elapsed);
        json.WriteNumber("peak_memory_bytes"u8, PeakMemoryBytes);
        json.WriteNumber("memory_limit_bytes"u8, MemoryLimitBytes);
        json.WriteStartArray("steps"u8);
        foreach (var step in Steps) Write(json, step);
        json.WriteEndArray();
        json.WriteStartArray("outputs"u8);
        foreach (var output in Outputs) Write(json, output);
        json.WriteEndArray();
        json.WriteStartArray("warnings"u8);
        foreach (var warning in Warnings) warning.Write(json);
        json.WriteEndArray();
        json.WriteStartObject("settings"u8);
        foreach (var (name, value) in Settings) WriteSetting(json, name, value);
        json.WriteEndObject();
        json.WriteStartObject("versions"u8);
        foreach (var (name, version) in Versions) json.WriteString(name, version);
        json.WriteEndObject();
        WriteError(json, Error);
        json.WriteEndObject();
    }

    void WriteSizes(Utf8JsonWriter json)
    {
        var written = Outputs.Sum(output => output.Bytes ?? 0);
        json.WriteStartObject("sizes"u8);
        json.WriteNumber("source_bytes"u8, SourceBytes);
        json.WriteNumber("output_bytes"u8, written);
        if (written > 0) json.WriteNumber("ratio"u8, Math.Round((double)SourceBytes / written, 3));
        else json.WriteNull("ratio"u8);
        if (Elapsed > TimeSpan.Zero)
        {
            json.WriteNumber("mb_per_second"u8, Math.Round(SourceBytes / 1e6 / Elapsed.TotalSeconds, 3));
            json.WriteNumber("rows_per_second"u8, Math.Round(Read / Elapsed.TotalSeconds));
        }
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, StepRecord step)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, step.Name);
        WriteSeconds(json, "wall"u8, step.Wall);
        WriteSeconds(json, "cpu"u8, step.Cpu);
        json.WriteNumber("rows"u8, step.Rows);
        json.WriteNumber("bytes"u8, step.Bytes);
        json.WriteNumber("spill"u8, step.SpillBytes);
        json.WriteNumber("peak"u8, step.PeakBytes);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, RunOutput output)
    {
        json.WriteStartObject();
        json.WriteString("path"u8, output.Path);
        json.WriteString("kind"u8, output.Kind);
        json.WriteNumber("rows"u8, output.Rows);
        if (output.Bytes is { } bytes) json.WriteNumber("bytes"u8, bytes);
        else json.WriteNull("bytes"u8);
        json.WriteEndObject();
    }

    static void WriteError(Utf8JsonWriter json, Fault? error)
    {
        if (error is null)
        {
            json.WriteNull("error"u8);
            return;
        }
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, error.Code);
        json.WriteString("message"u8, error.Wanted is null ? error.What : $"{error.What}; wanted {error.Wanted}");
        json.WriteString("where"u8, error.Where);
        json.WriteString("value"u8, error.Value);
        json.WriteStartArray("try"u8);
        foreach (var hint in error.Try) json.WriteStringValue(hint);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteSetting(Utf8JsonWriter json, string name, object value)
    {
        if (value is long number) json.WriteNumber(name, number);
        else if (value is bool flag) json.WriteBoolean(name, flag);
        else json.WriteString(name, (string)value);
    }

    // Microseconds are as fine as the clock's reading is worth.
    static void WriteSeconds(Utf8JsonWriter json, ReadOnlySpan<byte> name, TimeSpan time) =>
        json.WriteNumber(name, Math.Round(time.TotalSeconds, 6));
}
