using Quern.Budget;
using Quern.Jinja.Values;
using Quern.Packs.OpenShift;
using Quern.Projects;
using Quern.Running;

namespace Quern.Tests.Packs.OpenShift;

public class SummaryProjectTests
{
    [Fact]
    public void Has_a_source_for_each_report_and_form_and_no_other()
    {
        var reports = ReportLayout.All.Where(l => l.IsUsed)
            .SelectMany(l => Enum.GetValues<ReportForm>().Select(form => ReportViews.Name(l, form)));
        Assert.Equal(
            reports.Concat(["enabled_tag_keys", "cost_categories", "nodes"]).Select(SummaryProject.SourceId).Order(StringComparer.Ordinal),
            Load().Manifest.Sources.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Has_the_models_that_are_wanted() => Assert.Subset(Load().Manifest.Nodes.Keys.ToHashSet(), SummaryPlan.Results.ToHashSet());

    [Theory]
    [InlineData("it's {{ 1 + 1 }}")]
    [InlineData("""{% set x = 1 %}"quoted" 'both' \n {# gone #} }}""")]
    [InlineData("}} {{ '")]
    public void A_name_that_looks_like_a_template_is_a_name(string name)
    {
        using var reports = new Reports();
        reports.Pod("shop/a@n1").NodeLabels("n1", "");
        var run = reports.Run;
        var rows = (run with { Parameters = run.Parameters with { ClusterId = name, ClusterAlias = name } }).Make().Rows;
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal((name, name), (row["cluster_id"], row["cluster_alias"])));
    }

    static LoadedProject Load()
    {
        var run = new Run("test", new MemoryLedger(new MemorySize(400_000_000)), TimeProvider.System);
        var request = new SummaryRequest
        {
            Parameters = new SummaryParameters(),
            Inputs = [],
            BaseDirectory = "/",
            Destinations = [],
            PackFolder = SummaryRun.ShippedPack,
            Threads = 1,
        };
        var project = new SummaryProject(run, request).Load(new Dict());
        Assert.Empty(run.Warnings);
        return project;
    }
}
