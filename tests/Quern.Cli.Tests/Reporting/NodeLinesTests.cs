using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Quern.Cli.Reporting;
using Quern.Cli.Terminal;
using Quern.Cli.Tests.Shop;
using Quern.Models.Results;
using Quern.Projects.Nodes;

namespace Quern.Cli.Tests.Reporting;

/// <summary>The results of steps of the shop project through the printer, against the console that dbt had.</summary>
public sealed partial class NodeLinesTests
{
    public static TheoryData<string> Steps => ["build", "full refresh of one selection", "test, one fails", "build, a failing test skips what follows"];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Says_what_dbt_says(string step)
    {
        var expected = ExpectedStep.All.First(s => s.Name == step);
        var from = expected.Console.ToList().FindIndex(l => l.StartsWith("Concurrency", StringComparison.Ordinal)) - 1;
        var lines = expected.Console.Skip(from).ToList();
        Assert.Equal(Expand(lines), Expand(ProjectDesk.Console(Replayed(step, lines))));
    }

    [Fact]
    public void Colours_the_state_only()
    {
        var screen = new FakeScreen();
        var lines = Lines(screen, LogFormat.Text, quiet: false, new Ink(true));
        lines.Finished(1, 2, new NodeResult { Node = Model("table", "main", "orders"), Status = NodeStatus.Success, Message = "OK", Seconds = 0.004 });
        lines.Finished(2, 2, new NodeResult { Node = Test("unique_orders"), Status = NodeStatus.Fail, Failures = 3, Seconds = 1.5 });
        Assert.Equal(
            "00:00:00  1 of 2 OK created sql table model main.orders .................................. [\x1b[32mOK\x1b[0m in 0.00s]\n" +
            "00:00:00  2 of 2 FAIL 3 unique_orders .................................................... [\x1b[1;31mFAIL 3\x1b[0m in 1.50s]\n" +
            "00:00:00  \n",
            screen.Data);
    }

    [Fact]
    public void Says_only_what_failed_when_quiet()
    {
        var screen = new FakeScreen();
        var lines = Lines(screen, LogFormat.Text, quiet: true, default);
        lines.Started(1, 2, Test("a"));
        lines.Finished(1, 2, new NodeResult { Node = Test("a"), Status = NodeStatus.Warn, Failures = 1 });
        lines.Finished(2, 2, new NodeResult { Node = Test("b"), Status = NodeStatus.Error, Message = "broken" });
        Assert.Equal("00:00:00  2 of 2 ERROR b ................................................................. [ERROR in 0.00s]\n", screen.Data);
    }

    [Fact]
    public void Writes_an_object_a_line_for_programs()
    {
        var screen = new FakeScreen();
        Lines(screen, LogFormat.Json, quiet: false, new Ink(true)).Finished(1, 1, new NodeResult { Node = Test("a"), Status = NodeStatus.Pass });
        using var line = JsonDocument.Parse(screen.Data);
        var info = line.RootElement.GetProperty("info");
        Assert.Equal("1 of 1 PASS a .................................................................. [PASS in 0.00s]", info.GetProperty("msg").GetString());
        Assert.Equal("LogTestResult", info.GetProperty("name").GetString());
        Assert.Equal("info", info.GetProperty("level").GetString());
        Assert.Equal("1970-01-01T00:00:00.000000Z", info.GetProperty("ts").GetString());
    }

    static NodeLines Lines(FakeScreen screen, LogFormat format, bool quiet, Ink ink) => new(Log(screen, format, quiet, ink), new NodeWords("shop"), "dev");

    static RunLog Log(FakeScreen screen, LogFormat format, bool quiet, Ink ink)
    {
        var surroundings = new Surroundings("/", new Dictionary<string, string>(), new ManualClock(), screen.Screen);
        return new RunLog(surroundings, format, quiet, ink, Guid.Empty);
    }

    // The nodes are told by what begins and, where they are skipped, by what is skipped; how they end, by run_results.json.
    static string Replayed(string step, IReadOnlyList<string> console)
    {
        var screen = new FakeScreen();
        var log = Log(screen, LogFormat.Text, quiet: false, default);
        var lines = new NodeLines(log, new NodeWords("shop"), "dev");
        var ended = new List<NodeResult>();
        lines.Begin([], 1);
        foreach (var line in console)
        {
            if (line.StartsWith("shop through", StringComparison.Ordinal)) log.Say(line);
            if (Beginning().Match(line) is not { Success: true } begin) continue;
            var (index, total) = (Number(begin, 1), Number(begin, 2));
            var node = Node(begin.Groups[4].Value);
            if (begin.Groups[3].Value == "START") lines.Started(index, total, node);
            var result = Result(step, node);
            lines.Finished(index, total, result);
            ended.Add(result);
        }
        new RunEnd(log, "target").Say(new RunResults(ended, 1.5, false));
        return screen.Data;
    }

    static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    static Node Node(string thing)
    {
        var words = thing.Split(' ');
        var (schema, name) = words[^1].Split('.') is [var s, var n] ? (s, n) : ("", words[^1]);
        return words switch
        {
            ["hook:", ..] => Hook(words[^1]),
            ["test", ..] => Test(words[^1]),
            ["seed", ..] => Make(ResourceKind.Seed, "seed", schema, name),
            ["snapshot", ..] => Make(ResourceKind.Snapshot, "snapshot", schema, name),
            ["sql", var materialized, ..] => Model(materialized, schema, name),
            _ => Model(Skipped(name), schema, name),
        };
    }

    // A line of a skip does not say what would have been made.
    static string Skipped(string name) => name switch
    {
        "price_list" or "channel_days" => "incremental",
        "channel_mix" or "daily_sales" => name == "channel_mix" ? "view" : "table",
        _ => "table",
    };

    static Node Hook(string name)
    {
        var parts = name.Split('.');
        var index = int.Parse(parts[2], CultureInfo.InvariantCulture);
        return Make(ResourceKind.Operation, "view", "", $"shop-{parts[1]}-{index}", index);
    }

    static Node Test(string name)
    {
        var generic = name switch
        {
            "order_total_within_limit" or "paid_not_above_total" => null,
            _ when name.Contains("order_facts", StringComparison.Ordinal) => "models/marts/marts.yml",
            _ => "models/staging/staging.yml",
        };
        var info = generic is null ? null : new GenericTest(null, name, new(), null, "model.shop.x");
        return Make(ResourceKind.Test, "test", "main", name, 0, generic ?? $"tests/{name}.sql", info);
    }

    static Node Model(string materialized, string schema, string name) => Make(ResourceKind.Model, materialized, schema, name);

    static Node Make(ResourceKind kind, string materialized, string schema, string name, int index = 0, string file = "models/x.sql", GenericTest? test = null)
    {
        var node = new Node(kind)
        {
            Id = $"{kind.Name()}.shop.{name}",
            Name = name,
            Package = "shop",
            File = file,
            Path = ["shop", name],
            PackageFolder = "/shop",
            PathInRoot = $"{name}.sql",
            Database = "shop",
            Schema = schema,
            Alias = name,
            HookIndex = index,
            Test = test,
        };
        node.Config["materialized"] = materialized;
        return node;
    }

    static NodeResult Result(string step, Node node)
    {
        var results = ExpectedStep.File.GetProperty("steps").EnumerateArray().First(s => s.GetProperty("name").GetString() == step).GetProperty("results");
        var name = node.Alias == "sales_by_day" ? "model.shop.daily_sales" : node.Id;
        var (_, json) = results.EnumerateObject().Select(r => (r.Name, r.Value)).First(r => r.Name == name || r.Name.StartsWith(name + ".", StringComparison.Ordinal));
        var failures = json.GetProperty("failures");
        return new NodeResult
        {
            Node = node,
            Status = Enum.Parse<NodeStatus>(json.GetProperty("status").GetString()!, ignoreCase: true),
            Message = json.GetProperty("message").GetString(),
            Failures = failures.ValueKind == JsonValueKind.Null ? null : failures.GetInt64(),
            CompiledSql = "select 1",
            Relation = node.Name == "accepted_values_stg_payments_method__card__transfer" ? $"\"shop\".\"main_dbt_test__audit\".\"{node.Name}\"" : null,
            Seconds = 0.02,
        };
    }

    // A message of several lines is one line of a list there and here several.
    static IEnumerable<string> Expand(IEnumerable<string> lines) => lines.Select(l => l.TrimEnd());

    [GeneratedRegex(@"^(\d+) of (\d+) (START|SKIP) (?:relation )?(.+?)(?: due to .*)? \.* ?\[")]
    private static partial Regex Beginning();
}
