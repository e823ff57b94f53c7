using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Quern.Rollups;

namespace Quern.Cli.Commands;

/// <summary>What the verbs that ask rollups share.</summary>
static class RollupUsage
{
    /// <summary>How answers as JSON are laid out.</summary>
    public static JsonSerializerOptions Layout { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What a store may take: half of the limit is the engine's.</summary>
    public static RollupStoreOptions Share(CommandContext context, string? temp) => new()
    {
        EngineBytes = context.Globals.Memory.Bytes / 2,
        Threads = context.Globals.Threads,
        TempDirectory = temp is null ? null : context.Path(temp),
    };

    /// <summary>All of standard input.</summary>
    public static string StandardInput()
    {
        using var reader = new StreamReader(new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, 0), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The explanations of queries, each below its name when there are several.</summary>
    public static IEnumerable<string> Explain(CommandContext context, string store, string? queries, string? sql)
    {
        var explained = QueryExplanation.Of(store, Share(context, null), queries, sql, StandardInput);
        foreach (var query in explained)
        {
            if (explained.Count > 1) yield return query.Name + ":";
            foreach (var line in query.Lines) yield return line;
            if (explained.Count > 1) yield return "";
        }
    }

    /// <summary>An option that does not fit.</summary>
    public static QuernException Wrong(string where, string? value, string wanted) =>
        new(new Fault("QN7566", "an option of rollups has no such value") { Where = where, Value = value, Wanted = wanted, ExitCode = ExitCode.Usage });
}
