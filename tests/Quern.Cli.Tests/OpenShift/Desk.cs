using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Quern.Cli.Tests.OpenShift;

/// <summary>
/// A fresh directory with the reports of a small cluster: <c>reports/pods.csv</c>, <c>volumes.csv</c>, <c>nodes.csv</c>
/// and <c>namespaces.csv</c>, and their parameters, <c>month.json</c>.
/// </summary>
sealed class Desk : IDisposable
{
    /// <summary>The reports and their names here.</summary>
    static readonly (string Type, string Name)[] Reports =
    [
        ("ocp_pod_usage", "pods.csv"),
        ("ocp_storage_usage", "volumes.csv"),
        ("ocp_node_label", "nodes.csv"),
        ("ocp_namespace_label", "namespaces.csv"),
    ];

    /// <summary>Takes a scenario with one CSV file for each report.</summary>
    public Desk(string scenario = "01-basic-pod")
    {
        Directory.CreateDirectory(Here.Path("reports"));
        using var parameters = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Case(scenario), "scenario.json")));
        var files = parameters.RootElement.GetProperty("files");
        foreach (var (type, name) in Reports)
        {
            var from = files.GetProperty(type).EnumerateArray().Single().GetString()!;
            File.Copy(Path.Combine(Case(scenario), from), Here.Path($"reports/{name}"));
        }
        var fields = parameters.RootElement.EnumerateObject().Where(f => f.Name != "files").ToDictionary(f => f.Name, f => f.Value);
        File.WriteAllBytes(Here.Path("month.json"), JsonSerializer.SerializeToUtf8Bytes(fields));
    }

    /// <summary>The directory.</summary>
    public Workdir Here { get; } = new();

    /// <summary>The command, for shells and processes that are not waited for.</summary>
    public static string Command { get; } = Path.Combine(Workdir.Root, "artifacts", "run", "current", "Quern.Cli");

    /// <summary>The folder of a scenario in the repository.</summary>
    public static string Case(string scenario) => Path.Combine(Workdir.Root, "tests", "Quern.Tests", "Cases", "ocp", scenario);

    /// <summary>Words of the verb with the parameters and reports that are here.</summary>
    public static string[] Words(params string[] more) =>
        ["openshift", "summarize", "--params", "month.json", "--input", "reports", .. more];

    /// <summary>Summarizes the reports that are here.</summary>
    public Ended Summarize(params string[] more) => Here.Quern(Words(more));

    /// <summary>As <see cref="Summarize"/>, and fails unless all went well.</summary>
    public Ended Makes(params string[] more)
    {
        var ended = Summarize(["--quiet", .. more]);
        ended.Is(ExitCode.Done, ended.Output);
        return ended;
    }

    /// <summary>Fails unless a summary ends with this message, the same as JSON, and with every file as it was.</summary>
    /// <param name="code">Exit code.</param>
    /// <param name="error">Whole standard error.</param>
    /// <param name="more">Words after <see cref="Words"/>; without a <c>--to</c> among them, files of each kind are the outputs.</param>
    public void Refuses(ExitCode code, string error, params string[] more) =>
        RefusesWords(code, error, more.Contains("--to") ? Words(more) : Words([.. ToEach, .. more]));

    /// <summary>As <see cref="Refuses"/> with the whole command line.</summary>
    public void RefusesWords(ExitCode code, string error, params string[] words)
    {
        foreach (var old in ToEach.Where(w => w != "--to" && !File.Exists(Here.Path(w)) && w.EndsWith(".csv", StringComparison.Ordinal)))
            File.WriteAllText(Here.Path(old), "as it was\n");
        var before = Snapshot();
        var ended = Here.Quern([.. words, "--quiet", "--json"]);
        ended.Is(code, ended.Output, error + "\n");
        Assert.Equal(error, Message(ended.Json.GetProperty("error")));
        Assert.Equal((int)code, ended.Json.GetProperty("exit_code").GetInt32());
        Assert.Equal(before, Snapshot());
    }

    /// <summary>Changes a report as text; bytes that are no UTF-8 survive.</summary>
    public void Change(string report, Func<string, string> change)
    {
        var path = Here.Path($"reports/{report}");
        File.WriteAllText(path, change(File.ReadAllText(path, Encoding.Latin1)), Encoding.Latin1);
    }

    /// <summary>Changes a line of the report of pods, from 1.</summary>
    public void ChangeLine(int number, Func<string, string> change) => Change("pods.csv", text =>
    {
        var lines = text.Split('\n');
        lines[number - 1] = change(lines[number - 1]);
        return string.Join('\n', lines);
    });

    /// <summary>Each file here but reports of runs, with a hash of its content; links with what they name.</summary>
    public IReadOnlyList<string> Snapshot() =>
    [
        .. Directory.EnumerateFileSystemEntries(Here.Folder, "*", SearchOption.AllDirectories)
            .Where(p => !p.EndsWith(".report.json", StringComparison.Ordinal))
            .Select(p => $"{Path.GetRelativePath(Here.Folder, p)} {Content(p)}")
            .Order(StringComparer.Ordinal),
    ];

    public void Dispose() => Here.Dispose();

    static readonly string[] ToEach = ["--to", "out.csv", "--to", "out.parquet", "--to", "out.duckdb", "--to", "out/"];

    static string Content(string path)
    {
        if (new FileInfo(path).LinkTarget is { } target) return $"-> {target}";
        return Directory.Exists(path) ? "folder" : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
    }

    /// <summary>The message that the fields of the error say, as people read it.</summary>
    static string Message(JsonElement error)
    {
        var said = error.GetProperty("message").GetString()!.Split("; wanted ", 2);
        var lines = new List<string> { $"error {error.GetProperty("code").GetString()}: {said[0]}" };
        Add("where", error.GetProperty("where").GetString());
        Add("value", error.GetProperty("value").GetString());
        Add("wanted", said.Length > 1 ? said[1] : null);
        var tries = error.GetProperty("try").EnumerateArray().Select(t => t.GetString()).ToList();
        for (var i = 0; i < tries.Count; i++) Add(i == 0 ? "try" : "", tries[i]);
        return string.Join('\n', lines);

        void Add(string label, string? text)
        {
            if (text is not null) lines.Add($"  {label,-7} {text.Replace("\n", "\n          ", StringComparison.Ordinal)}");
        }
    }
}
