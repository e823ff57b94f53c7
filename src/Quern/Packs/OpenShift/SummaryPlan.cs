using Quern.Duck;
using Quern.Models;
using Quern.Projects.Warehouses;
using Quern.Running;

namespace Quern.Packs.OpenShift;

/// <summary>What a run does, in order: the object that is executed and the object that is explained.</summary>
public sealed class SummaryPlan
{
    /// <summary>The model whose rows are delivered.</summary>
    internal const string Summary = "daily_summary";

    /// <summary>The models that are wanted at the end.</summary>
    internal static readonly string[] Results = [.. new[] { Summary, "row_counts", "warnings" }.Select(SummaryProject.ModelId)];

    readonly SummaryRequest _request;
    readonly List<string> _views;
    readonly IReadOnlyList<TableFunction> _csv;

    SummaryPlan(
        SummaryRequest request, ReportFiles files, SummaryMemory memory, List<string> views, IReadOnlyList<TableFunction> csv,
        IReadOnlyList<PlannedModel> models)
    {
        _request = request;
        _views = views;
        _csv = csv;
        Files = files;
        Memory = memory;
        Models = models;
    }

    /// <summary>The models in the order in which they are built.</summary>
    public IReadOnlyList<PlannedModel> Models { get; }

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

    /// <summary>Plans a run.</summary>
    /// <param name="run">Takes warnings.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="project">The pack's project.</param>
    /// <param name="files">What is read.</param>
    /// <param name="memory">How the memory limit is shared out.</param>
    /// <param name="podRows">Hourly pod rows, about.</param>
    /// <param name="connection">The database of the run.</param>
    internal static SummaryPlan Of(
        Run run, SummaryRequest request, SummaryProject project, ReportFiles files, SummaryMemory memory, long podRows,
        WarehouseSession connection)
    {
        var views = new ReportViews(request.Parameters, memory);
        var statements = new List<string>();
        foreach (var layout in ReportLayout.All.Where(l => l.IsUsed))
        {
            foreach (var form in files.Forms(layout.Type).Union([ReportForm.Csv]))
                statements.Add(views.Create(layout, form, files.Of(layout.Type, form)));
        }
        var loaded = project.Load(SummaryVariables.Of(request.Parameters, files));
        return new SummaryPlan(request, files, memory, statements, views.Csv, PlannedModel.Of(loaded, Results, connection))
        {
            Batches = new DayBatches(request.Parameters.Start, request.Parameters.End, memory.Batches(podRows)),
            Warnings = run.Warnings,
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
        foreach (var model in Models.Where(m => m.IsTable))
        {
            // A model of the inputs alone reads no other.
            var reads = string.Join(", ", Reads(model));
            yield return FormattableString.Invariant($"  {++number,2}. {model.Node.Name}{(reads.Length == 0 ? "" : $", from {reads}")}");
        }
        yield return "outputs";
        foreach (var to in _request.Destinations) yield return $"  {to.Name}: {to.Effect}";
        yield return "";
        yield return "sql";
        var models = Models.Select(m => $"-- {m.Node.File}\n{m.Statement}");
        foreach (var line in Views.Concat(models).SelectMany(statement => $"{statement};\n".Split('\n'))) yield return line;
    }

    /// <summary>Names of the models that a model reads, in order of appearance.</summary>
    internal IEnumerable<string> Reads(PlannedModel model) =>
        from id in model.Node.DependsOn
        join read in Models on id equals read.Node.Id
        select read.Node.Name;

    /// <summary>Bytes of the files behind a source, by its id.</summary>
    internal long SourceBytes(string source) =>
        Files.All.Where(f => SummaryProject.SourceId(ReportViews.Name(f.Layout, f.Form)) == source).Sum(f => f.File.SizeBytes);

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
