using Quern.Tests.Files;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>Every scenario of <c>Cases/ocp</c> from its CSV files, through the CSV destination.</summary>
public class ScenarioTests
{
    public static TheoryData<string> Names => [.. Scenario.Names];

    [Fact]
    public void There_are_27_of_them() => Assert.Equal(27, Scenario.Names.Count);

    [Theory]
    [MemberData(nameof(Names))]
    public void Comes_out_as_expected(string name)
    {
        using var scratch = new ScratchFolder();
        var scenario = Scenario.Of(name);
        var result = (scenario.Run with { To = [scratch["summary.csv"]] }).Make();
        scenario.Check(CsvText.Read(File.ReadAllText(scratch["summary.csv"]), @"\N"));
        Assert.Equal(result.Report.Read, result.Report.Kept + result.Report.Filtered);
    }
}
