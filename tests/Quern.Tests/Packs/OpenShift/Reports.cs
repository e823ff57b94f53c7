using System.Globalization;
using System.Text;
using Quern.Packs.OpenShift;
using Quern.Tests.Files;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>
/// Reports of a small cluster, written down row by row in a folder of their own. A row lasts an hour; processors are
/// counted in core hours, memory in GiB hours and volumes in GiB months of 31 days, all exact in seconds and bytes.
/// </summary>
sealed class Reports : IDisposable
{
    public const string Source = "6e212746-484a-40cd-bba0-09a19d132d64";
    const string FirstHour = "2025-10-01 00:00:00";
    const double Hour = 3600;
    const double Gib = 1L << 30;
    const double Month = 31 * 86400;
    static readonly string[] Times = ["report_period_start", "report_period_end", "interval_start", "interval_end"];

    readonly ScratchFolder _folder = new();
    readonly Dictionary<string, StringBuilder> _files = [];

    public string Folder => _folder.Path;

    public SummaryParameters Parameters { get; set; } = new()
    {
        Start = new DateOnly(2025, 10, 1),
        End = new DateOnly(2025, 10, 1),
        ReportPeriodId = 1,
        ClusterId = "cluster",
        ClusterAlias = "alias",
        SourceUuid = Guid.Parse(Source),
        EnabledTagKeys = ["app", "env", "team"],
        Nodes = [new NodeRole("n1", "i-n1", "worker")],
    };

    /// <summary>The days asked for.</summary>
    public void Days(DateOnly first, DateOnly last) => Parameters = Parameters with { Start = first, End = last };

    /// <summary>Days of October 2025.</summary>
    public void Days(int first, int last) => Days(new DateOnly(2025, 10, first), new DateOnly(2025, 10, last));

    /// <summary>A run over all that is written.</summary>
    public SummaryRun Run
    {
        get
        {
            foreach (var (name, text) in _files) _folder.Write(name, text.ToString());
            return new SummaryRun { Parameters = Parameters, Inputs = ["."], BaseDirectory = Folder };
        }
    }

    /// <summary>An hour of a pod.</summary>
    /// <param name="at">Namespace, pod and node: <c>shop/web@n1</c>.</param>
    /// <param name="cpu">Usage, request and limit in core hours.</param>
    /// <param name="memory">Usage, request and limit in GiB hours.</param>
    /// <param name="cores">Capacity of the node, as cores and as core seconds of a full hour.</param>
    /// <param name="gib">Capacity of the node, as bytes and as byte seconds of a full hour.</param>
    /// <param name="labels">Label text.</param>
    /// <param name="resource">Instance id of the node; <c>i-</c> and its name when null.</param>
    /// <param name="hour">Begin of the hour.</param>
    /// <param name="file">File that the row goes to.</param>
    /// <param name="cells">Cells that hold something else.</param>
    public Reports Pod(
        string at,
        (double Usage, double Request, double Limit) cpu = default, (double Usage, double Request, double Limit) memory = default,
        double cores = 4, double gib = 16, string labels = "", string? resource = null, string hour = FirstHour,
        string file = "pods.csv", params (string Column, string Cell)[] cells)
    {
        var (space, rest) = Split(at, '/');
        var (pod, node) = Split(rest, '@');
        return Add(file, hour, cells,
            ("pod", pod), ("namespace", space), ("node", node), ("resource_id", resource ?? $"i-{node}"),
            ("pod_usage_cpu_core_seconds", Number(cpu.Usage * Hour)),
            ("pod_request_cpu_core_seconds", Number(cpu.Request * Hour)),
            ("pod_limit_cpu_core_seconds", Number(cpu.Limit * Hour)),
            ("pod_usage_memory_byte_seconds", Number(memory.Usage * Hour * Gib)),
            ("pod_request_memory_byte_seconds", Number(memory.Request * Hour * Gib)),
            ("pod_limit_memory_byte_seconds", Number(memory.Limit * Hour * Gib)),
            ("node_capacity_cpu_cores", Number(cores)),
            ("node_capacity_cpu_core_seconds", Number(cores * Hour)),
            ("node_capacity_memory_bytes", Number(gib * Gib)),
            ("node_capacity_memory_byte_seconds", Number(gib * Hour * Gib)),
            ("pod_labels", labels));
    }

    /// <summary>An hour of a volume.</summary>
    /// <param name="of">Namespace and pod: <c>shop/web</c>.</param>
    /// <param name="claim">Name of the claim.</param>
    /// <param name="volume">Name of the volume.</param>
    /// <param name="months">Capacity, request and usage in GiB months of 31 days, though the row is but an hour.</param>
    /// <param name="gib">Capacity.</param>
    /// <param name="labels">Label text of the volume.</param>
    /// <param name="claimLabels">Label text of the claim.</param>
    /// <param name="handle">Handle of the storage driver.</param>
    /// <param name="hour">Begin of the hour.</param>
    /// <param name="file">File that the row goes to.</param>
    /// <param name="cells">Cells that hold something else.</param>
    public Reports Volume(
        string of, string claim = "data", string volume = "pv-1",
        (double Capacity, double Request, double Usage) months = default,
        double gib = 10, string labels = "", string claimLabels = "", string handle = "vol-1", string hour = FirstHour,
        string file = "volumes.csv", params (string Column, string Cell)[] cells)
    {
        var (space, pod) = Split(of, '/');
        return Add(file, hour, cells,
            ("namespace", space), ("pod", pod), ("node", "not-this-one"),
            ("persistentvolumeclaim", claim), ("persistentvolume", volume),
            ("storageclass", "gp2"), ("csi_driver", "ebs"), ("csi_volume_handle", handle),
            ("persistentvolumeclaim_capacity_bytes", Number(gib * Gib)),
            ("persistentvolumeclaim_capacity_byte_seconds", Number(months.Capacity * Month * Gib)),
            ("volume_request_storage_byte_seconds", Number(months.Request * Month * Gib)),
            ("persistentvolumeclaim_usage_byte_seconds", Number(months.Usage * Month * Gib)),
            ("persistentvolume_labels", labels), ("persistentvolumeclaim_labels", claimLabels));
    }

    /// <summary>Labels of a node in an hour.</summary>
    public Reports NodeLabels(string node, string labels, string hour = FirstHour, string file = "node-labels.csv") =>
        Add(file, hour, [], ("node", node), ("node_labels", labels));

    /// <summary>Labels of a namespace in an hour.</summary>
    public Reports NamespaceLabels(
        string space, string labels, string hour = FirstHour, string file = "namespace-labels.csv") =>
        Add(file, hour, [], ("namespace", space), ("namespace_labels", labels));

    /// <summary>Changes the text of a file that rows have gone to.</summary>
    public Reports Change(string file, Func<string, string> change)
    {
        _files[file] = new StringBuilder(change(_files[file].ToString()));
        return this;
    }

    /// <summary>Writes a file that is not made of rows.</summary>
    public string Write(string name, ReadOnlySpan<byte> content) => _folder.Write(name, content);

    /// <summary>Absolute path of a name in the folder.</summary>
    public string this[string name] => _folder[name];

    /// <summary>The text of a file so far.</summary>
    public string Text(string file) => _files[file].ToString();

    public void Dispose() => _folder.Dispose();

    Reports Add(
        string file, string hour, (string Column, string Cell)[] cells, params (string Column, string Cell)[] fields)
    {
        var begin = DateTime.ParseExact(hour, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var month = new DateTime(begin.Year, begin.Month, 1, 0, 0, 0, DateTimeKind.Utc);
        string[] times = [Time(month), Time(month.AddMonths(1)), Time(begin), Time(begin.AddSeconds(Hour - 1))];
        var row = Times.Zip(times).Concat(fields).ToDictionary();
        if (!_files.TryGetValue(file, out var text))
            _files[file] = text = new StringBuilder(string.Join(',', row.Keys) + "\n");
        foreach (var (column, cell) in cells)
            row[column] = row.ContainsKey(column) ? cell : throw new ArgumentException($"no such column: {column}");
        text.Append(string.Join(',', row.Values.Select(CsvText.Field)) + "\n");
        return this;
    }

    static string Time(DateTime time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " +0000 UTC";

    static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    static (string Before, string After) Split(string text, char at) =>
        (text[..text.IndexOf(at)], text[(text.IndexOf(at) + 1)..]);
}
