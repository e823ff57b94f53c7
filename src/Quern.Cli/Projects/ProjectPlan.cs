using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Quern.Budget;
using Quern.Cli.Reporting;
using Quern.Models.Deliveries;
using Quern.Projects.Nodes;

namespace Quern.Cli.Projects;

/// <summary>What a verb would run, told before anything is opened or written: order, what each node makes, memory.</summary>
/// <param name="work">The verb at work.</param>
/// <param name="nodes">What it would run, parents before their children.</param>
sealed class ProjectPlan(ProjectWork work, IReadOnlyList<Resource> nodes)
{
    /// <summary>Prints it on standard output: lines, or JSON where that was asked for.</summary>
    public void Say()
    {
        if (work.Context.Globals.Json) work.Answer = Json();
        else foreach (var line in Lines()) work.Log.Answer(line, "Explained");
    }

    IEnumerable<string> Lines()
    {
        var (set, share) = (work.Project.Set, work.Share());
        yield return "project";
        yield return $"  {set.Root.Name} in {set.Root.Folder}";
        var atATime = NodeWords.Number(set.Target.Threads, "node");
        yield return $"  target {set.Target.Name}: {set.Target.Path}, schema {set.Target.Schema}, {atATime} at a time";
        yield return "memory";
        foreach (var line in share.Lines()) yield return "  " + line;
        if (work.CsvBytes > 0) yield return $"  {new MemorySize(work.CsvBytes),10}  reading CSV sources, beside the engine";
        foreach (var (line, i) in CsvLines().Select((line, i) => (line, i)))
        {
            if (i == 0) yield return "sources of CSV";
            yield return "  " + line;
        }
        yield return "steps";
        var number = 0;
        foreach (var step in Steps())
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{++number,4}. {step.What}");
            if (step.Makes is { } makes) yield return $"      makes {makes}";
            if (step.Reads.Count > 0) yield return $"      reads {string.Join(", ", step.Reads)}";
            yield return $"      from {step.File}";
        }
        if (work.Deliveries.Count > 0) yield return "deliveries";
        number = 0;
        foreach (var delivery in work.Deliveries)
        {
            var (what, more) = (delivery.Lines().First(), delivery.Lines().Skip(1));
            yield return string.Create(CultureInfo.InvariantCulture, $"{++number,4}. {what}");
            foreach (var line in more) yield return $"      {line}";
            if (!Runs(delivery)) yield return $"      skipped: {delivery.Node.Name} is not selected";
        }
    }

    IEnumerable<string> CsvLines() => work.CsvSources.Select(source =>
    {
        var declared = source.Table.Columns.Values.Count(c => c.DataType is not null);
        var said = declared == 0 ? "" : $", but for {NodeWords.Number(declared, "column")} with a data_type";
        return $"{source.Path} is {source.Table.Source}.{source.Table.Name}; types are found out when it is first read{said}";
    });

    string Json()
    {
        var share = work.Share();
        var buffer = new ArrayBufferWriter<byte>(4096);
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            json.WriteString("project"u8, work.Project.Set.Root.Name);
            json.WriteString("target"u8, work.Project.Set.Target.Name);
            json.WriteStartObject("memory"u8);
            json.WriteNumber("limit_bytes"u8, share.LimitBytes);
            json.WriteNumber("base_bytes"u8, share.BaseBytes);
            json.WriteNumber("overhead_bytes"u8, share.OverheadBytes);
            json.WriteNumber("engine_bytes"u8, share.EngineBytes);
            json.WriteNumber("csv_bytes"u8, work.CsvBytes);
            json.WriteEndObject();
            json.WriteStartArray("steps"u8);
            foreach (var step in Steps()) Write(json, step);
            json.WriteEndArray();
            json.WriteStartArray("deliveries"u8);
            foreach (var delivery in work.Deliveries) Write(json, delivery);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void Write(Utf8JsonWriter json, PlanStep step)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, step.Id);
        json.WriteString("what"u8, step.What);
        json.WriteString("makes"u8, step.Makes);
        json.WriteStartArray("reads"u8);
        foreach (var read in step.Reads) json.WriteStringValue(read);
        json.WriteEndArray();
        json.WriteString("file"u8, step.File);
        json.WriteEndObject();
    }

    void Write(Utf8JsonWriter json, PlannedDelivery delivery)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, delivery.Node.Id);
        json.WriteString("to"u8, delivery.To);
        json.WriteString("kind"u8, delivery.Destination.Kind);
        json.WriteString("effect"u8, delivery.Effect);
        json.WriteBoolean("selected"u8, Runs(delivery));
        json.WriteEndObject();
    }

    bool Runs(PlannedDelivery delivery) => nodes.Any(n => n.Id == delivery.Node.Id);

    IEnumerable<PlanStep> Steps()
    {
        var words = new NodeWords(work.Project.Set.Target.Database);
        var hooks = work.Project.Manifest.Nodes.Values.Where(n => n.Kind == ResourceKind.Operation).ToList();
        var run = nodes.Where(n => n is not Node { IsEphemeral: true });
        IEnumerable<Resource> all = nodes.Count == 0 ? [] : [.. hooks.Where(h => !NodeWords.IsAtEnd(h)), .. run, .. hooks.Where(NodeWords.IsAtEnd)];
        return all.Select(r => new PlanStep(r.Id, words.Of(r), Makes(r), [.. r.DependsOn.Where(IsNoMacro)], r.File));
    }

    static bool IsNoMacro(string id) => !id.StartsWith("macro.", StringComparison.Ordinal);

    string? Makes(Resource resource) => resource is Node { Kind: ResourceKind.Model or ResourceKind.Seed or ResourceKind.Snapshot } node
        ? $"{Kind(node)} {work.Project.Templates.RelationOf(node)}"
        : null;

    static string Kind(Node node) => node.Config.Materialized switch
    {
        "seed" or "snapshot" => "table",
        "incremental" => "or changes table",
        "external" => "file and view",
        var materialized => materialized,
    };

    sealed record PlanStep(string Id, string What, string? Makes, IReadOnlyList<string> Reads, string File);
}
