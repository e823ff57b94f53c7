using System.Globalization;
using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Packs.OpenShift;

/// <summary>Maps parameters and files onto the variables of the pack's project.</summary>
static class SummaryVariables
{
    /// <summary>The variables of a run.</summary>
    public static Dict Of(SummaryParameters parameters, ReportFiles files) => new()
    {
        ["start_date"] = parameters.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["report_period_id"] = parameters.ReportPeriodId is { } id ? (long)id : null,
        ["cluster_id"] = AsItIs(parameters.ClusterId),
        ["cluster_alias"] = AsItIs(parameters.ClusterAlias),
        ["source_uuid"] = parameters.SourceUuid.ToString(),
        ["derive_roles"] = parameters.DeriveRoles,
        ["pod_hourly"] = Forms(files, ReportType.PodUsage, f => f != ReportForm.Daily),
        ["pod_daily"] = Forms(files, ReportType.PodUsage, f => f == ReportForm.Daily, orNothing: true),
        ["storage_forms"] = Forms(files, ReportType.StorageUsage),
        ["node_label_forms"] = Forms(files, ReportType.NodeLabels),
        ["namespace_label_forms"] = Forms(files, ReportType.NamespaceLabels),
    };

    /// <summary>A text of the user is no template: one that looks like it becomes a template that gives the text.</summary>
    static string AsItIs(string text) => Template.HasMarks(text) ? $"{{{{ {PythonText.Represent(text)} }}}}" : text;

    /// <summary>The forms as the pack names them; without a file the empty CSV view stands in.</summary>
    static List<object?> Forms(ReportFiles files, ReportType type, Func<ReportForm, bool>? where = null, bool orNothing = false)
    {
        var forms = files.Forms(type).Where(where ?? (_ => true)).Select(ReportViews.Form).ToList<object?>();
        if (forms.Count == 0 && !orNothing) forms.Add(ReportViews.Form(ReportForm.Csv));
        return forms;
    }
}
