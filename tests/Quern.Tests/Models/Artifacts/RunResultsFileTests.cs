using System.Text.Json;
using Quern.Jinja.Values;
using Quern.Models.Artifacts;
using Quern.Models.Results;
using Quern.Projects.Artifacts;
using Quern.Tests.Projects.Artifacts;
using Quern.Tests.Projects.Selection;

namespace Quern.Tests.Models.Artifacts;

public sealed class RunResultsFileTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("quern-results-").FullName;

    readonly Sketch _shop = new Sketch().Seed("raw").Model("stg", ["raw"]).Model("mid", ["stg"]).Model("end", ["mid"])
        .Test("unique", "mid", "id").Exposure("board", "end");

    [Fact]
    public void Names_and_kinds_of_every_field_are_those_of_the_public_schema()
    {
        var root = Write();
        Assert.Empty(PublicSchema.OfRunResults(root));
        var results = root.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(
            ["success", "success", "error", "fail", "skipped", "no-op"], results.Select(r => r.GetProperty("status").GetString()));
        Assert.Equal(
            """[{"name":"compile","started_at":"2024-03-01T06:00:00.000000Z","completed_at":"2024-03-01T06:00:00.250000Z"}]""",
            results[1].GetProperty("timing").GetRawText());
        Assert.Equal("""{"rows_affected":7}""", results[1].GetProperty("adapter_response").GetRawText());
        Assert.Equal(JsonValueKind.Null, results[0].GetProperty("compiled").ValueKind);
        Assert.True(results[1].GetProperty("compiled").GetBoolean());
        Assert.Equal("build", root.GetProperty("args").GetProperty("which").GetString());
    }

    [Fact]
    public void A_retry_takes_what_failed_or_was_skipped_parents_first()
    {
        Write();
        var previous = PreviousRun.Read(_folder);
        Assert.Equal("build", previous.Verb);
        Assert.Equal(["mid", "end", "unique_mid_id"], previous.Nodes(_shop.Manifest, SketchFacts.Asked).Select(n => n.Name));
    }

    [Fact]
    public void A_node_that_is_gone_is_left_out_with_a_warning()
    {
        Write();
        var warnings = new List<string>();
        var asked = SketchFacts.Asked with { Warn = (code, text) => warnings.Add($"{code} {text}") };
        var smaller = new Sketch().Seed("raw").Model("stg", ["raw"]).Model("mid", ["stg"]).Test("unique", "mid", "id");
        Assert.Equal(["mid", "unique_mid_id"], PreviousRun.Read(_folder).Nodes(smaller.Manifest, asked).Select(n => n.Name));
        Assert.Equal(["QN7164 a node of the run before is no longer in the project: model.shop.end"], warnings);
    }

    [Fact]
    public void A_retry_goes_on_with_the_options_of_that_run()
    {
        Write(new Dict
        {
            ["which"] = "run",
            ["vars"] = new Dict { ["day"] = "2024-03-01" },
            ["full_refresh"] = true,
            ["threads"] = 3L,
            ["target"] = "prod",
        });
        var asked = PreviousRun.Read(_folder).Apply(SketchFacts.Asked with { Which = "retry", Threads = 8 });
        Assert.Equal("run", asked.Which);
        Assert.Equal("2024-03-01", asked.Vars["day"]);
        Assert.True(asked.FullRefresh);
        Assert.Equal(8, asked.Threads);
        Assert.Equal("prod", asked.Target);
        var own = new Dict { ["day"] = "2024-03-02" };
        Assert.Same(own, PreviousRun.Read(_folder).Apply(SketchFacts.Asked with { Vars = own }).Vars);
    }

    [Fact]
    public void Without_a_run_before_there_is_nothing_to_retry()
    {
        var error = Assert.Throws<QuernException>(() => PreviousRun.Read(_folder));
        Assert.Equal(
            $"error QN7163: there is no run before this one to go on from\n  where   {_folder}/run_results.json\n"
            + "  wanted  the file; it is not there\n  try     quern build\n          --state FOLDER with its run_results.json",
            error.Fault.ToString());
        Write(new Dict { ["which"] = "docs" });
        Assert.Equal("docs", Assert.Throws<QuernException>(() => PreviousRun.Read(_folder)).Fault.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"metadata\":{\"dbt_schema_version\":\"https://schemas.getdbt.com/dbt/manifest/v12.json\"}}")]
    public void What_is_no_artifact_is_an_error(string text)
    {
        File.WriteAllText(Path.Combine(_folder, "run_results.json"), text);
        Assert.Equal("QN7159", Assert.Throws<QuernException>(() => PreviousRun.Read(_folder)).Fault.Code);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    JsonElement Write(Dict? arguments = null)
    {
        var start = new DateTimeOffset(2024, 3, 1, 6, 0, 0, TimeSpan.Zero);
        NodeResult Result(string name, NodeStatus status) =>
            new() { Node = _shop.Find(name), Status = status, Thread = "Thread-1", Seconds = 0.5 };
        RunResults results = new(
            [
                Result("raw", NodeStatus.Success) with { Message = "INSERT 3" },
                Result("stg", NodeStatus.Success) with
                {
                    CompiledSql = "select 1",
                    Relation = "\"shop\".\"main\".\"stg\"",
                    Compiling = (start, start.AddMilliseconds(250)),
                    Response = new Dict { ["rows_affected"] = 7L },
                },
                Result("mid", NodeStatus.Error) with { Message = "it broke" },
                Result("unique_mid_id", NodeStatus.Fail) with { Failures = 24 },
                Result("end", NodeStatus.Skipped),
                Result("board", NodeStatus.NoOp),
            ],
            1.25, false);
        using (var stream = File.Create(Path.Combine(_folder, ArtifactFile.RunResults)))
            RunResultsFile.Write(stream, results, arguments is null ? SketchFacts.Asked : SketchFacts.Asked with { Arguments = arguments });
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, ArtifactFile.RunResults)));
        return document.RootElement.Clone();
    }
}
