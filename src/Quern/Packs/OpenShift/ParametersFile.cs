using System.Text.Json;
using Quern.Files;

namespace Quern.Packs.OpenShift;

/// <summary>Parameters from files: one JSON file with all fields, or a JSON or CSV file for a reference table.</summary>
public static class ParametersFile
{
    static readonly string[] CategoryFields = ["namespace", "cost_category_id"];
    static readonly string[] NodeFields = ["node", "resource_id", "node_role"];

    /// <summary>Reads a parameters file.</summary>
    /// <param name="path">Absolute path of a JSON file.</param>
    /// <param name="name">How errors call it.</param>
    /// <returns>The parameters, not checked yet, and the input files that it lists, relative to its folder.</returns>
    /// <exception cref="QuernException">Exit code 2: the file cannot be read, or a field is not known or has a value of
    /// another type.</exception>
    public static (SummaryParameters Parameters, IReadOnlyList<string> Files) Read(string path, string name)
    {
        var parameters = new SummaryParameters();
        var files = new List<string>();
        new ParameterFields(name, Bytes(path, name)).ReadObject(new Dictionary<string, Action<JsonElement, string>>
        {
            ["name"] = (_, _) => { },
            ["start_date"] = (v, w) => parameters = parameters with { Start = ParameterValue.Day(ParameterFields.Text(v, w), w) },
            ["end_date"] = (v, w) => parameters = parameters with { End = ParameterValue.Day(ParameterFields.Text(v, w), w) },
            ["report_period_id"] = (v, w) =>
                parameters = parameters with { ReportPeriodId = v.ValueKind == JsonValueKind.Null ? null : ParameterFields.Whole(v, w) },
            ["cluster_id"] = (v, w) => parameters = parameters with { ClusterId = ParameterFields.Text(v, w) },
            ["cluster_alias"] = (v, w) => parameters = parameters with { ClusterAlias = ParameterFields.Text(v, w) },
            ["source_uuid"] = (v, w) => parameters = parameters with { SourceUuid = ParameterValue.Uuid(ParameterFields.Text(v, w), w) },
            ["enabled_tag_keys"] = (v, w) => parameters = parameters with { EnabledTagKeys = Texts(v, w) },
            ["cost_categories"] = (v, w) => parameters = parameters with { CostCategories = Categories(v, w) },
            ["nodes"] = (v, w) => parameters = parameters with { Nodes = Nodes(v, w) },
            ["files"] = (v, w) => files.AddRange(Files(v, w)),
        });
        return (parameters, files);
    }

    /// <summary>Reads cost categories: JSON list of objects, or CSV, with <c>namespace</c> and <c>cost_category_id</c>.</summary>
    /// <exception cref="QuernException">Exit code 2.</exception>
    public static IReadOnlyList<CostCategory> CostCategories(string path, string name) =>
        IsCsv(path)
            ? [.. ReferenceCsv.Read(path, name, CategoryFields).Select(
                r => new CostCategory(r.Values[0], ParameterValue.Whole(r.Values[1], r.Where)))]
            : Table(path, name, Categories);

    /// <summary>Reads node roles: JSON list of objects, or CSV, with <c>node</c>, <c>resource_id</c> and <c>node_role</c>.</summary>
    /// <exception cref="QuernException">Exit code 2.</exception>
    public static IReadOnlyList<NodeRole> NodeRoles(string path, string name) =>
        IsCsv(path)
            ? [.. ReferenceCsv.Read(path, name, NodeFields).Select(r => new NodeRole(r.Values[0], r.Values[1], r.Values[2]))]
            : Table(path, name, Nodes);

    static bool IsCsv(string path) =>
        path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase);

    static List<T> Table<T>(string path, string name, Func<JsonElement, string, List<T>> read)
    {
        var json = Bytes(path, name);
        List<T> rows = [];
        ParameterFields.Parse(name, json, () =>
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            using var document = JsonDocument.Parse(json, options);
            rows = read(document.RootElement, name);
        });
        return rows;
    }

    static List<CostCategory> Categories(JsonElement value, string where) => ParameterFields.List(
        value, where, CategoryFields,
        field => new CostCategory(ParameterFields.Text(field("namespace"), where), ParameterFields.Whole(field("cost_category_id"), where)));

    static List<NodeRole> Nodes(JsonElement value, string where) => ParameterFields.List(
        value, where, NodeFields,
        field => new NodeRole(
            ParameterFields.Text(field("node"), where),
            ParameterFields.Text(field("resource_id"), where),
            ParameterFields.Text(field("node_role"), where)));

    static List<string> Texts(JsonElement value, string where) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(v => ParameterFields.Text(v, where))]
        : throw ParameterFaults.Type("a list of texts", where, value, "[\"a\", \"b\"]");

    static List<string> Files(JsonElement value, string where)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw ParameterFaults.Type("an object of lists of files", where, value, "{\"ocp_pod_usage\": [\"pods.csv\"]}");
        ParameterFields.CheckUnique(value, where);
        return value.EnumerateObject().SelectMany(report => Texts(report.Value, $"{where}, \"{report.Name}\"")).ToList();
    }

    static byte[] Bytes(string path, string name)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var folder = Path.GetDirectoryName(path);
            var nearest = folder is null ? null : InputFaults.NearestIn(folder, Path.GetFileName(path));
            var what = File.Exists(path) ? "the file cannot be read" : "no such file";
            throw new QuernException(
                new Fault("QN1125", Directory.Exists(path) ? "a folder, where a file is needed" : what)
                {
                    Where = name,
                    Try = [nearest is null ? $"ls -l {folder}" : $"{nearest}, the nearest name there"],
                    ExitCode = ExitCode.Usage,
                },
                e);
        }
    }
}
