using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Quern.Models;

namespace Quern.Packs.OpenShift;

/// <summary>The JSON form of a plan. Its fields are public API.</summary>
static class PlanJson
{
    /// <summary>One object, indented.</summary>
    public static string Of(SummaryPlan plan, SummaryRequest request)
    {
        using var text = new MemoryStream();
        // Relaxed: SQL and names stay legible; the text is never put into a page unescaped.
        var options = new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (var json = new Utf8JsonWriter(text, options)) Write(json, plan, request);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    static void Write(Utf8JsonWriter json, SummaryPlan plan, SummaryRequest request)
    {
        json.WriteStartObject();
        json.WriteStartArray("inputs");
        foreach (var file in plan.Files.All) Write(json, file);
        json.WriteEndArray();
        json.WriteStartArray("warnings");
        foreach (var warning in plan.Warnings) warning.Write(json);
        json.WriteEndArray();
        Write(json, plan.Memory);
        json.WriteStartArray("steps");
        foreach (var model in plan.Models.Where(m => m.IsTable)) Write(json, plan, model);
        json.WriteEndArray();
        json.WriteStartArray("outputs");
        foreach (var to in request.Destinations)
        {
            json.WriteStartObject();
            json.WriteString("path", to.Name);
            json.WriteString("kind", to.Kind);
            json.WriteString("effect", to.Effect);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("sql");
        foreach (var view in plan.Views) json.WriteStringValue(view);
        foreach (var model in plan.Models) json.WriteStringValue(model.Statement);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, ReportFile file)
    {
        json.WriteStartObject();
        json.WriteString("path", file.File.Name);
        json.WriteString("report", file.Layout.Name);
        json.WriteString("form", ReportViews.Form(file.Form));
        json.WriteString("month", FormattableString.Invariant($"{file.Month:yyyy-MM}"));
        json.WriteNumber("bytes", file.File.SizeBytes);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, SummaryMemory memory)
    {
        json.WriteStartObject("memory");
        json.WriteNumber("limit_bytes", memory.LimitBytes);
        json.WriteNumber("base_bytes", memory.BaseBytes);
        json.WriteNumber("overhead_bytes", memory.OverheadBytes);
        json.WriteNumber("engine_bytes", memory.EngineBytes);
        json.WriteNumber("threads", memory.Threads);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, SummaryPlan plan, PlannedModel model)
    {
        json.WriteStartObject();
        json.WriteString("name", model.Node.Name);
        json.WriteStartArray("reads");
        foreach (var name in plan.Reads(model)) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
