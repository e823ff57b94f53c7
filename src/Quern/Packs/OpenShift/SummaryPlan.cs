using Quern.Duck;
using Quern.Models;
using Quern.Projects;
using Quern.Running;

namespace Quern.Packs.OpenShift;

/// <summary>What a run does, in order: the object that is executed and the object that is explained.</summary>
public sealed class SummaryPlan
{
    /// <summary>The model whose rows are delivered.</summary>
    internal const string Summary = "daily_summary";

    /// <summary>The models that are wanted at the end.</summary>
    internal static readonly string[] Results = [Summary, "row_counts", "warnings"];

    readonly SummaryRequest _request;
    readonly List<string> _views;
    readonly IReadOnlyList<TableFunction> _csv;

    SummaryPlan(
        SummaryRequest request, ReportFiles files, SummaryMemory memory, List<string> views, IReadOnlyList<TableFunction> csv,
        IReadOnlyList<CompiledModel> models)
    {
        _request = request;
        _views = views;
        _csv = csv;
        Files = files;
        Memory = memory;
        Models = models;
    }

    /// <summary>The models in the order in which they are built.</summary>
    public IReadOnlyList<CompiledModel> Models { get; }

    /// <summary>The parts in which the folds of pods are built.</summary>
    public required DayBatches Batches { get; init; }

    /// <summary>What was noticed on the way to the plan.</summary>
    public required IReadOnlyList<RunWarning> Warnings { get; init; }

    /// <summary>How the memory limit is shared out.</summary>
    public SummaryMemory Memory { get; }

    /// <summary>The files that are read: path, what they are, bytes.</summary>
    public IEnumerable<(string Name, string What, long Bytes)> Inputs =>
        from f in Files.All
        let what = FormattableString.Invariant($"{f.Layout.Name}, {ReportViews.Form(f.Form)}, {f.Month:yyyy-MM}")
        select (f.File.Name, what, f.File.SizeBytes);

    /// <summary>The statements that make the views over the files.</summary>
    public IReadOnlyList<string> Views => _views;

    internal ReportFiles Files { get; }

    internal static SummaryPlan Of(
        SummaryRequest request, ReportFiles files, SummaryMemory memory, long podRows, IReadOnlyList<RunWarning> warnings,
        CancellationToken cancel)
    {
        var views = new ReportViews(request.Parameters, memory);
        var statements = new List<string>();
        foreach (var layout in ReportLayout.All.Where(l => l.IsUsed))
        {
            foreach (var form in files.Forms(layout.Type).Union([ReportForm.Csv]))
                statements.Add(views.Create(layout, form, files.Of(layout.Type, form)));
        }
        var compiler = new Compiler(
            Project.Read(request.PackFolder), SummaryVariables.Of(request.Parameters, files), (schema, name) => $"{schema}.{name}");
        return new SummaryPlan(request, files, memory, statements, views.Csv, ModelLineage.Needed(compiler.Compile(cancel), Results))
        {
            Batches = new DayBatches(request.Parameters.Start, request.Parameters.End, memory.Batches(podRows)),
            Warnings = warnings,
        };
    }

    /// <summary>The plan for people, line by line: steps, memory, outputs, then the SQL.</summary>
    public IEnumerable<string> Lines()
    {
        yield return "inputs";
        foreach (var (name, what, bytes) in Inputs) yield return FormattableString.Invariant($"  {name}  ({what}, {bytes:N0} bytes)");
        yield return "memory";
        foreach (var line in Memory.Lines()) yield return "  " + line;
        yield return FormattableString.Invariant($"  {Batches.Count,10}  parts in which the folds of pods are built");
        yield return "steps";
        var number = 0;
        foreach (var model in Models.Where(m => m.Materialization == Materialization.Table))
            yield return FormattableString.Invariant($"  {++number,2}. {model.Name}, from {string.Join(", ", model.DependsOn)}");
        yield return "outputs";
        foreach (var to in _request.Destinations) yield return $"  {to.Name}: {to.Effect}";
        yield return "";
        yield return "sql";
        var models = Models.Select(m => $"-- {m.Path}\n{ModelRunner.Statement(m)}");
        foreach (var line in Views.Concat(models).SelectMany(statement => $"{statement};\n".Split('\n'))) yield return line;
    }

    /// <summary>Bytes of the files behind a view: <c>openshift.pod_usage_csv</c>.</summary>
    internal long SourceBytes(string source) =>
        Files.All.Where(f => $"openshift.{ReportViews.Name(f.Layout, f.Form)}" == source).Sum(f => f.File.SizeBytes);

    /// <summary>The plan for programs: one JSON object with inputs, warnings, memory, steps, outputs and sql.</summary>
    public string ToJson() => PlanJson.Of(this, _request);

    /// <summary>Makes views and reference tables.</summary>
    internal void Prepare(DuckSession session, CancellationToken cancel)
    {
        session.Execute("create schema openshift", cancel);
        foreach (var function in _csv) session.Register(function);
        foreach (var view in _views) session.Execute(view, cancel);
        ReferenceTables.Create(session, _request.Parameters, cancel);
    }
}
